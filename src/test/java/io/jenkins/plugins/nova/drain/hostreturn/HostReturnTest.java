package io.jenkins.plugins.nova.drain.hostreturn;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import io.jenkins.plugins.nova.drain.claim.CordonReason;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceCodec;
import io.jenkins.plugins.nova.drain.maintenance.MaintenancePart;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.drain.observe.SettingsReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** When a host that was away is fit, and what is done about it: the decisions alone, at times that the test names. */
public class HostReturnTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T02:00:00Z");
    private static final String OURS = "nova-maintenance: ops/patch#12";
    private static final Hypervisor BIG = hypervisor(true, 64, 262_144L);
    private static final Migration DONE =
            new Migration(7, null, "3f1c", "evacuation", "done", "compute1", "compute2", null, BEGIN, null);

    private Instant now = BEGIN;

    private static ReturnOrder order(boolean clearForcedDown) {
        return new ReturnOrder(
                "compute1",
                Duration.ofMinutes(30),
                clearForcedDown,
                false,
                false,
                List.of(),
                false,
                null,
                "ops/patch#12",
                null);
    }

    private ReturnState waiting(boolean clearForcedDown) {
        ReturnState survey =
                ReturnState.begin(order(clearForcedDown), ReturnPhase.SURVEY, true, false, List.of(), BEGIN);
        ReturnState away = HostReturn.decide(survey, look(service(true, false, OURS), BIG), now);
        assertEquals(ReturnPhase.AWAY, away.phase());
        return away.edit().to(ReturnPhase.WAIT, now).done();
    }

    private static Hypervisor hypervisor(boolean up, Integer vcpus, Long memoryMiB) {
        return new Hypervisor(
                "h1", "compute1", "compute1", "QEMU", 1, up, false, null, vcpus, 0, memoryMiB, 0L, 0, null);
    }

    /** As it reports at this moment. */
    private ComputeService service(boolean up, boolean forcedDown, String reason) {
        return new ComputeService("s1", "compute1", "nova", reason == null, up, forcedDown, reason, now);
    }

    private static ReturnObservation look(ComputeService service, Hypervisor hypervisor, Migration... evacuated) {
        return new ReturnObservation(
                service,
                hypervisor == null ? List.of() : List.of(hypervisor),
                List.of(evacuated),
                Map.of(),
                CanaryObservation.NONE,
                List.of(),
                null,
                SettingsReader.Read.NOTHING,
                List.of(),
                null,
                null,
                service == null ? null : service.disabledReason());
    }

    /** The state after looks ten seconds apart, at each of which the service has reported anew. */
    private ReturnState after(
            int looks, ReturnState state, boolean up, boolean forced, Hypervisor figures, Migration... old) {
        ReturnState at = state;
        for (int i = 0; i < looks; i++) {
            at = HostReturn.decide(at, look(service(up, forced, OURS), figures, old), now);
            now = now.plusSeconds(10);
        }
        return at;
    }

    @Test
    public void aHostIsFitOnceItHasReportedTwiceSinceTheBlock() {
        ReturnState state = after(2, waiting(false), true, false, BIG);
        assertEquals(ReturnPhase.WAIT, state.phase());
        assertEquals(1, state.lacks().size());
        assertTrue(state.lacks().get(0), state.lacks().get(0).startsWith("its nova-compute to report"));

        state = after(2, state, true, false, BIG);

        assertEquals(ReturnPhase.UNCORDON, state.phase());
        assertEquals(ServiceChange.State.RECORDED, state.uncordon().state());
    }

    @Test
    public void aHostThatIsAboutToGoDownReportsNoMoreAndIsNotFit() {
        ReturnState state = waiting(false);
        ComputeService last = service(true, false, OURS);
        for (int i = 0; i < 6; i++) {
            state = HostReturn.decide(state, look(last, BIG), now);
            now = now.plusSeconds(10);
        }
        assertEquals(ReturnPhase.WAIT, state.phase());
        assertEquals(0, state.reports());
    }

    @Test
    public void fewerCpusOrMuchLessMemoryThanBeforeAreWaitedFor() {
        ReturnState state = after(3, waiting(false), true, false, hypervisor(true, 32, 131_072L));
        assertEquals(
                List.of(
                        "its 64 CPUs of before (it reads 32)",
                        "its 256.0 GiB of memory of before (it reads 128.0 GiB)"),
                state.lacks());
        assertEquals(
                ReturnPhase.UNCORDON,
                after(2, state, true, false, hypervisor(true, 64, 260_000L)).phase());
    }

    private static Hypervisor node(String name, String type, Integer vcpus, Long memoryMiB) {
        return new Hypervisor(name, name, "compute1", type, 1, true, false, null, vcpus, 0, memoryMiB, 0L, 0, null);
    }

    private ReturnObservation of(Hypervisor... nodes) {
        return new ReturnObservation(
                service(true, false, OURS),
                List.of(nodes),
                List.of(),
                Map.of(),
                CanaryObservation.NONE,
                List.of(),
                null,
                SettingsReader.Read.NOTHING,
                List.of(),
                null,
                null,
                OURS);
    }

    /** What is still wanting after four reports, of nodes that read so before the block and so after it. */
    private List<String> lacks(List<Hypervisor> before, List<Hypervisor> after) {
        ReturnState state = ReturnState.begin(order(false), ReturnPhase.SURVEY, true, false, List.of(), BEGIN);
        if (before != null) {
            state = HostReturn.decide(state, of(before.toArray(Hypervisor[]::new)), now);
            assertEquals(ReturnPhase.AWAY, state.phase());
        }
        state = state.edit().to(ReturnPhase.WAIT, now).done();
        for (int i = 0; i < 4; i++) {
            now = now.plusSeconds(10);
            state = HostReturn.decide(state, of(after.toArray(Hypervisor[]::new)), now);
        }
        assertEquals(state.lacks().isEmpty(), state.phase() == ReturnPhase.UNCORDON);
        return state.lacks();
    }

    /** Nova's driver for ironic tells of no CPUs and no memory: the host is fit when its nodes read no worse than before. */
    @Test
    public void bareMetalThatReadsNothingIsFitUnlessItReadMoreBefore() {
        Hypervisor none = node("node-1", "ironic", 0, 0L);
        Hypervisor other = node("node-2", "ironic", 0, 0L);
        Hypervisor some = node("node-1", "ironic", 8, 16_384L);
        assertEquals(List.of(), lacks(List.of(none), List.of(none)));
        assertEquals(List.of(), lacks(List.of(none, other), List.of(none, other)));
        assertEquals("nothing was read before: nodeReturn alone", List.of(), lacks(null, List.of(none, other)));
        assertEquals(List.of(), lacks(List.of(none, other), List.of(some, other)));
        assertEquals("another nova-compute has taken one over", List.of(), lacks(List.of(none, other), List.of(other)));
        assertEquals(
                List.of(
                        "hypervisor node-1 to have its 8 CPUs of before (it reads 0)",
                        "hypervisor node-1 to have its 16.0 GiB of memory of before (it reads 0 MiB)"),
                lacks(List.of(some, other), List.of(none, other)));
        assertEquals(2, lacks(List.of(some), List.of(none)).size());
    }

    @Test
    public void anyOtherHypervisorThatReadsNothingIsWaitedForWhateverItReadBefore() {
        Hypervisor none = node("compute1", "QEMU", 0, 0L);
        assertEquals(1, lacks(List.of(none), List.of(none)).size());
        assertEquals(1, lacks(null, List.of(none)).size());
    }

    @Test
    public void figuresThatTheCloudDoesNotTellAreNotMissed() {
        assertEquals(
                ReturnPhase.UNCORDON,
                after(4, waiting(false), true, false, hypervisor(true, null, null))
                        .phase());
    }

    @Test
    public void aHypervisorThatIsDownEmptyOrUnlistedIsWaitedFor() {
        ReturnState state = waiting(false);
        assertEquals(
                List.of("its hypervisor to be listed"),
                after(3, state, true, false, null).lacks());
        assertEquals(
                List.of("hypervisor compute1 to read up"),
                after(3, state, true, false, hypervisor(false, 64, 262_144L)).lacks());
        assertTrue(after(3, state, true, false, hypervisor(true, 0, 0L))
                .lacks()
                .get(0)
                .startsWith("hypervisor compute1 to have CPUs and memory"));
    }

    @Test
    public void forcedDownIsTakenBackOnlyAfterTheOldGuestsAreGoneAndOnlyWhenItIsOurs() {
        ReturnState told = waiting(true);
        assertNull(after(4, told, false, true, BIG, DONE).forceUp());
        ReturnState cleaned = after(4, told, false, true, BIG);
        assertEquals(ServiceChange.State.RECORDED, cleaned.forceUp().state());

        ReturnState notTold = after(4, waiting(false), false, true, BIG);
        assertNull(notTold.forceUp());
        assertTrue(String.join(";", notTold.lacks()).contains("clearForcedDown: true"));
    }

    @Test
    public void oldGuestsThatAreNotCleanedUpKeepAHostOut() {
        ReturnState state = after(5, waiting(false), true, false, BIG, DONE);
        assertEquals(ReturnPhase.WAIT, state.phase());
        assertTrue(state.lacks().get(0), state.lacks().get(0).startsWith("1 server rebuilt elsewhere"));
    }

    @Test
    public void whenTheTimeIsOverTheCordonSaysWhatWasWanting() {
        ReturnState state = after(3, waiting(false), true, false, hypervisor(true, 8, 262_144L));
        now = BEGIN.plus(Duration.ofMinutes(31));

        state = after(1, state, true, false, hypervisor(true, 8, 262_144L));
        assertEquals(ReturnPhase.MARK, state.phase());
        assertEquals(ReturnOutcome.NOT_READY, state.outcome());
        state = after(2, state, true, false, BIG);

        assertEquals(
                OURS + " failed: not fit after 30 min, still waiting for its 64 CPUs of before (it reads 8)",
                state.mark().reason());
        state = HostReturn.decide(state, look(service(true, false, state.mark().reason()), BIG), now);
        assertEquals(ReturnPhase.ENDED, state.phase());
        assertFalse(state.enabled());
    }

    @Test
    public void onlyACordonWhoseReasonIsStillOursIsTakenAway() {
        ReturnState fit = after(4, waiting(false), true, false, BIG);
        ReturnState theirs = HostReturn.decide(fit, look(service(true, false, "INC-7 fan"), BIG), now);
        assertEquals(ReturnPhase.ENDED, theirs.phase());
        assertEquals(ReturnOutcome.READY, theirs.outcome());
        assertFalse(theirs.enabled());
        assertTrue(theirs.notes().get(0).contains("INC-7 fan"));

        ReturnState already = HostReturn.decide(fit, look(service(true, false, null), BIG), now);
        assertTrue(already.enabled());
    }

    @Test
    public void aReasonOfSomebodyElseIsNotWrittenOver() {
        ReturnState failed = HostReturn.fail(waiting(false), ReturnOutcome.BODY_FAILED, "the block failed: no", now);
        ReturnState state = HostReturn.decide(failed, look(service(true, false, "INC-7 fan"), null), now);
        assertEquals(ReturnPhase.ENDED, state.phase());
        assertNull(state.mark());
    }

    @Test
    public void theReasonFitsIntoNovasColumnAndOnOneLine() {
        String reason = CordonReason.failed("ops/patch#12", null, "one\n  two\n" + "x".repeat(400));
        assertEquals(255, reason.length());
        assertTrue(reason, reason.startsWith(OURS + " failed: one; two; xxx"));
    }

    @Test
    public void aRestartTakesWhatWasAboutToBeSentAsSentAndLooksFirst() {
        ReturnState recorded = after(4, waiting(false), true, false, BIG);
        ReturnState resumed = ReturnRunner.resume(recorded, now);
        assertFalse(new ReturnMachine(claim -> Holders.Holding.ENDED, () -> false).sends(resumed));
        assertEquals(1, resumed.uncordon().attempts());

        ReturnState later = HostReturn.decide(resumed, look(service(true, false, OURS), BIG), now.plusSeconds(60));
        assertTrue(
                "not seen done: once more",
                new ReturnMachine(claim -> Holders.Holding.ENDED, () -> false).sends(later));
    }

    /** Its time may have passed while there was no controller; two reports take their time. */
    @Test
    public void aHostThatHasBecomeFitWhileThereWasNoControllerIsFit() {
        for (Duration away : List.of(Duration.ofMinutes(10), Duration.ofMinutes(31), Duration.ofDays(3))) {
            now = BEGIN;
            ReturnState saved = after(1, waiting(false), false, false, BIG);
            now = now.plus(away);
            ReturnState state = after(4, ReturnRunner.resume(saved, now), true, false, BIG);
            assertEquals(away.toString(), ReturnPhase.UNCORDON, state.phase());
        }
    }

    @Test
    public void aHostThatIsNotFitAfterAllIsNotLookedAtForAsLongAgain() {
        ReturnState saved = after(1, waiting(false), false, false, BIG);
        now = BEGIN.plus(Duration.ofDays(3));
        ReturnState state = after(1, ReturnRunner.resume(saved, now), false, false, BIG);
        assertEquals(ReturnPhase.WAIT, state.phase());
        now = now.plus(Duration.ofMinutes(3));
        state = after(1, state, false, false, BIG);
        assertEquals(ReturnPhase.MARK, state.phase());
        assertEquals(ReturnOutcome.NOT_READY, state.outcome());
    }

    @Test
    public void aCloudThatCannotBeReadIsWaitedForAsLongAsTheHost() {
        ReturnMachine machine = new ReturnMachine(claim -> Holders.Holding.ENDED, () -> false);
        NovaException away = new NovaException.Unreachable("connection refused", null);
        ReturnState state = machine.unread(waiting(false), away, now);
        assertEquals(ReturnPhase.WAIT, state.phase());
        state = machine.unread(state, away, now.plus(Duration.ofMinutes(29)));
        assertEquals(ReturnPhase.WAIT, state.phase());
        state = machine.unread(state, away, now.plus(Duration.ofMinutes(31)));
        assertEquals(ReturnPhase.MARK, state.phase());
        assertNotNull(state.failure());
    }

    @Test
    public void anOldTextWithoutNewFieldsIsRead() {
        MaintenanceState state =
                MaintenanceCodec.read("{\"schema\":1,\"part\":\"AFTER\",\"returning\":{\"phase\":\"WAIT\"}}");
        assertEquals(List.of(), state.returning().lacks());
        assertEquals(MaintenancePart.AFTER, state.part());
    }

    /** What is written down is sent behind a look at it, and after an abort nobody looks. */
    @Test
    public void whatStandsBesideNovaIsPutBackInItsOwnPhaseAlone() {
        SettingChange recorded = SettingChange.ours(
                        HostSetting.Kind.INSTANCE_HA, "s/h", "host compute1", BEGIN, null, BEGIN)
                .dueBack(BEGIN)
                .returning(
                        new HostSetting(HostSetting.Kind.INSTANCE_HA, "s/h", "host compute1", true, BEGIN, null),
                        BEGIN);
        assertTrue(recorded.toSend());
        for (ReturnPhase phase : ReturnPhase.values()) {
            ReturnState state = ReturnState.begin(order(false), phase, true, false, List.of(), BEGIN)
                    .beside(List.of(recorded));
            assertEquals(
                    phase.toString(),
                    phase == ReturnPhase.BESIDE,
                    new ReturnMachine(claim -> Holders.Holding.ENDED, () -> false).sends(state));
        }
    }
}
