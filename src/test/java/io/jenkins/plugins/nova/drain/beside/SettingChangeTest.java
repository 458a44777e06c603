package io.jenkins.plugins.nova.drain.beside;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.drain.beside.SettingChange.State;
import io.jenkins.plugins.nova.drain.beside.SettingChange.Trouble;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** The law for what stands beside Nova, as tables: whose a value is, and when it is given up. */
public class SettingChangeTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final Trouble BUSY = new Trouble(Trouble.Kind.BUSY, "in-use to process notifications");
    private static final Trouble REFUSED = new Trouble(Trouble.Kind.REFUSED, "not allowed");
    private static final Trouble UNCLEAR = new Trouble(Trouble.Kind.UNCLEAR, "no answer");

    private static final String JENKINS = "https://jenkins.example.org/";
    private static final Claim OWN = Claim.of("ops/drain#12", "1a2b3c4d-0000-4000-8000-000000000000", JENKINS, NOW);
    private static final Claim ENDED = Claim.of("ops/drain#11", "aaaaaaaa-0000-4000-8000-000000000000", JENKINS, NOW);
    private static final Claim RUNNING = Claim.of("ops/drain#13", "bbbbbbbb-0000-4000-8000-000000000000", JENKINS, NOW);
    private static final Claim ELSEWHERE =
            Claim.of("ops/drain#1", "cccccccc-0000-4000-8000-000000000000", "https://other.example.org/", NOW);

    private static final ClaimCheck CHECK = new ClaimCheck(
            OWN,
            claim -> claim.same(RUNNING)
                    ? Holders.Holding.RUNNING
                    : claim.same(ENDED) ? Holders.Holding.ENDED : Holders.Holding.UNKNOWN);

    private static HostSetting seen(boolean held, Instant changed) {
        return new HostSetting(
                HostSetting.Kind.INSTANCE_HA, "s/h", "host compute1 of segment rack1", held, changed, null);
    }

    private static final HostSetting FREE = seen(false, NOW);
    private static final HostSetting HELD = seen(true, LATER);
    private static final HostSetting HELD_AGAIN = seen(true, LATER.plusSeconds(2));
    private static final HostSetting HELD_UNTOLD = seen(true, null);

    /** The kinds whose record has room for a claim. */
    private static List<HostSetting.Kind> claiming() {
        return Arrays.stream(HostSetting.Kind.values())
                .filter(HostSetting.Kind::keepsClaim)
                // of which there may be several
                .filter(kind -> !kind.ends())
                .toList();
    }

    private static HostSetting saying(HostSetting.Kind kind, boolean held, String text) {
        return new HostSetting(kind, "id", "name", held, null, text);
    }

    private static SettingChange looked(SettingChange change, boolean back, HostSetting look) {
        return back ? change.returning(look, NOW) : change.setting(look, CHECK, NOW);
    }

    /** The states that a change goes through: looks, and answers to what the look before wanted sent. */
    private static List<State> way(SettingChange from, boolean back, Object... events) {
        SettingChange change = from;
        List<State> states = new ArrayList<>();
        for (Object event : events) {
            change = after(change, back, event);
            states.add(change.state());
        }
        return states;
    }

    private static SettingChange after(SettingChange change, boolean back, Object event) {
        if (event instanceof HostSetting look) {
            return looked(change, back, look);
        }
        if (event.equals("nothing")) {
            return looked(change, back, null);
        }
        return event.equals("restart")
                ? change.resumed(NOW)
                : change.asked(event instanceof Trouble trouble ? trouble : null);
    }

    private static SettingChange last(SettingChange from, boolean back, Object... events) {
        SettingChange change = from;
        for (Object event : events) {
            change = after(change, back, event);
        }
        return change;
    }

    private static SettingChange found(HostSetting setting) {
        return SettingChange.found(setting, CHECK, NOW);
    }

    /** By the claim, as the cordon: what it says counts, and not whether a request of ours was taken. */
    @Test
    public void theClaimTellsWhoseItIs() {
        record Row(String text, State found, State afterOurs) {}
        for (HostSetting.Kind kind : claiming()) {
            for (Row row : List.of(
                    new Row(OWN.reason(), State.OURS, State.OURS),
                    new Row("rack 4 | " + OWN.reason(), State.OURS, State.OURS),
                    // the host is not its holder's any more: in our name
                    new Row(ENDED.reason(), State.FREE, State.RECORDED),
                    new Row("rack 4 | " + ENDED.reason(), State.FREE, State.RECORDED),
                    new Row(ELSEWHERE.reason(), State.FREE, State.RECORDED),
                    new Row(RUNNING.reason(), State.THEIRS, State.THEIRS),
                    new Row("broken disk, ask ops", State.THEIRS, State.THEIRS),
                    new Row("see nova-maintenance: no claim", State.THEIRS, State.THEIRS),
                    new Row("", State.THEIRS, State.THEIRS),
                    new Row(null, State.THEIRS, State.THEIRS))) {
                HostSetting look = saying(kind, true, row.text());
                String name = kind + " " + row;
                assertEquals(
                        name, row.found(), SettingChange.found(look, CHECK, NOW).state());
                SettingChange asked = last(found(saying(kind, false, null)), false, saying(kind, false, null), "taken");
                assertEquals(
                        name, row.afterOurs(), asked.setting(look, CHECK, NOW).state());
            }
        }
    }

    /** What stood there comes back, also where there is nothing but the cloud to read it from. */
    @Test
    public void whatStoodThereBefore() {
        for (HostSetting.Kind kind : claiming()) {
            for (String before : new String[] {null, "", "rack 4", "two\nlines ", "a | b", "x".repeat(90)}) {
                String plain = before == null ? "" : before;
                for (Claim left : new Claim[] {null, ENDED}) {
                    boolean held = left != null;
                    String text =
                            left == null ? before : plain.isEmpty() ? left.reason() : plain + " | " + left.reason();
                    HostSetting look = saying(kind, held, text);
                    SettingChange recorded = last(found(look), false, look);
                    HostSetting wanted = recorded.wanted();
                    assertTrue(wanted.held());
                    assertTrue(wanted.text(), wanted.text().length() <= 255);
                    assertTrue(wanted.text(), wanted.text().startsWith(plain));
                    HostSetting set = saying(kind, true, wanted.text());
                    SettingChange ours = recorded.taken(set);
                    assertEquals(State.OURS, ours.state());
                    for (SettingChange back : List.of(ours, SettingChange.claimed(set, NOW))) {
                        HostSetting again =
                                back.dueBack(NOW).returning(set, NOW).wanted();
                        assertFalse(again.held());
                        assertEquals(plain, again.text());
                    }
                    // written by somebody in front of it meanwhile
                    HostSetting edited = saying(kind, true, "new " + wanted.text());
                    assertEquals(
                            plain.isEmpty() ? State.THEIRS : State.BACK_RECORDED,
                            ours.dueBack(NOW).returning(edited, NOW).state());
                }
            }
            SettingChange full =
                    last(found(saying(kind, false, "x".repeat(200))), false, saying(kind, false, "x".repeat(200)));
            assertEquals(State.NOT_SET, full.state());
            assertTrue(full.why(), full.why().contains("200 characters"));
        }
    }

    @Test
    public void onlyWhatStillCarriesOurClaimIsPutBack() {
        record Row(boolean held, String text, boolean doubtful, List<State> states) {}
        for (HostSetting.Kind kind : claiming()) {
            SettingChange ours = found(saying(kind, true, OWN.reason())).dueBack(NOW);
            for (Row row : List.of(
                    new Row(true, OWN.reason(), false, List.of(State.BACK_RECORDED, State.BACK_RECORDED)),
                    new Row(true, ENDED.reason(), true, List.of(State.THEIRS, State.THEIRS)),
                    new Row(true, "broken disk", true, List.of(State.THEIRS, State.THEIRS)),
                    new Row(true, null, true, List.of(State.THEIRS, State.THEIRS)),
                    new Row(false, null, false, List.of(State.BACK_ASKED, State.BACK)),
                    new Row(false, "broken disk", false, List.of(State.BACK_ASKED, State.BACK)),
                    // switched back by hand, with our claim left
                    new Row(false, OWN.reason(), false, List.of(State.BACK_RECORDED, State.BACK_RECORDED)))) {
                HostSetting look = saying(kind, row.held(), row.text());
                assertEquals(row.toString(), row.doubtful(), ours.doubts(look));
                assertEquals(row.toString(), row.states(), way(ours, true, look, look));
            }
        }
    }

    @Test
    public void whatIsFoundHeldIsTheirsAndWhatShowsAfterOursIsOurs() {
        record Row(HostSetting found, List<Object> events, State ends) {}
        for (Row row : List.of(
                new Row(HELD, List.of(), State.THEIRS),
                new Row(HELD, List.of(FREE), State.THEIRS),
                new Row(FREE, List.of(), State.FREE),
                // somebody was faster
                new Row(FREE, List.of(HELD), State.THEIRS),
                new Row(FREE, List.of(FREE), State.RECORDED),
                new Row(FREE, List.of(FREE, "taken"), State.ASKED),
                new Row(FREE, List.of(FREE, "taken", HELD), State.OURS),
                new Row(FREE, List.of(FREE, UNCLEAR, HELD), State.OURS),
                new Row(FREE, List.of(FREE, UNCLEAR, FREE), State.RECORDED),
                new Row(FREE, List.of(FREE, UNCLEAR, FREE, "taken", HELD), State.OURS),
                // nothing of ours was taken: Masakari sets it itself when it handles a failure
                new Row(FREE, List.of(FREE, BUSY, HELD), State.THEIRS),
                new Row(FREE, List.of(FREE, BUSY, FREE, "taken", HELD), State.OURS),
                new Row(FREE, List.of(FREE, REFUSED), State.NOT_SET),
                new Row(FREE, List.of(FREE, REFUSED, HELD), State.NOT_SET),
                // a list may be short once
                new Row(FREE, List.of("nothing", FREE), State.RECORDED),
                new Row(FREE, List.of(FREE, "taken", "nothing", HELD), State.OURS),
                // killed between the save and the answer: it may have been sent
                new Row(FREE, List.of(FREE, "restart", HELD), State.OURS),
                new Row(FREE, List.of(FREE, "restart", FREE), State.RECORDED))) {
            List<State> states = way(found(row.found()), false, row.events().toArray());
            State ends = states.isEmpty() ? found(row.found()).state() : states.get(states.size() - 1);
            assertEquals(row.toString(), row.ends(), ends);
        }
    }

    @Test
    public void onlyWhatIsStillOursIsPutBack() {
        SettingChange ours = last(found(FREE), false, FREE, "taken", HELD);
        SettingChange asked = last(found(FREE), false, FREE, "taken");
        record Row(SettingChange from, List<Object> events, State ends) {}
        for (Row row : List.of(
                new Row(ours, List.of(HELD), State.BACK_RECORDED),
                new Row(ours, List.of(HELD, "taken"), State.BACK_ASKED),
                new Row(ours, List.of(HELD, "taken", FREE), State.BACK),
                new Row(ours, List.of(HELD, UNCLEAR, HELD, "taken", FREE), State.BACK),
                new Row(ours, List.of(HELD, BUSY, HELD), State.BACK_RECORDED),
                new Row(ours, List.of(HELD, REFUSED), State.NOT_BACK),
                // somebody else has put it back, or written it since
                new Row(ours, List.of(FREE), State.BACK_ASKED),
                new Row(ours, List.of(FREE, FREE), State.BACK),
                // that list was old
                new Row(ours, List.of(FREE, HELD), State.BACK_RECORDED),
                new Row(ours, List.of(FREE, HELD_AGAIN), State.THEIRS),
                new Row(ours, List.of(HELD_AGAIN), State.THEIRS),
                new Row(ours, List.of(HELD, "taken", HELD_AGAIN), State.THEIRS),
                new Row(ours, List.of(HELD, "restart", HELD_AGAIN), State.THEIRS),
                // where its service does not tell when it was written, it is ours
                new Row(ours, List.of(HELD_UNTOLD), State.BACK_RECORDED),
                // never seen as ours, and may be
                new Row(asked, List.of(HELD_AGAIN), State.BACK_RECORDED),
                new Row(asked, List.of(FREE, FREE), State.BACK),
                new Row(ours, List.of("nothing", HELD), State.BACK_RECORDED))) {
            List<State> states = way(row.from().dueBack(NOW), true, row.events().toArray());
            assertEquals(row.toString(), row.ends(), states.get(states.size() - 1));
        }
    }

    /** What is written down for later builds of one whose answer was lost: not the time of the record before it. */
    @Test
    public void aLaterBuildPutsBackWhatWasAskedForAndNotSeen() {
        SettingChange asked = last(found(FREE), false, FREE, UNCLEAR);
        SettingChange later = SettingChange.ours(asked.kind(), asked.id(), asked.name(), asked.written(), null, NOW);
        assertEquals(
                State.BACK_RECORDED,
                later.dueBack(NOW).returning(HELD_AGAIN, NOW).state());
        SettingChange ours = last(found(FREE), false, FREE, "taken", HELD);
        SettingChange known = SettingChange.ours(ours.kind(), ours.id(), ours.name(), ours.written(), null, NOW);
        assertEquals(
                State.BACK_RECORDED, known.dueBack(NOW).returning(HELD, NOW).state());
        assertEquals(State.THEIRS, known.dueBack(NOW).returning(HELD_AGAIN, NOW).state());
    }

    @Test
    public void whatIsNotOursIsNotDueBack() {
        for (SettingChange not : List.of(
                found(HELD),
                found(FREE),
                last(found(FREE), false, FREE, REFUSED),
                last(found(FREE), false, FREE, BUSY, HELD))) {
            assertSame(not, not.dueBack(NOW));
            assertSame(not, not.returning(HELD, NOW));
        }
    }

    /** The answer may show it, so that what somebody writes before the next look is not taken for ours. */
    @Test
    public void anAnswerThatShowsItIsBelieved() {
        SettingChange recorded = last(found(FREE), false, FREE);
        record Row(HostSetting answer, State ends) {}
        HostSetting answered = seen(true, LATER.plusMillis(700));
        for (Row row : List.of(
                new Row(answered, State.OURS),
                new Row(FREE, State.ASKED),
                new Row(
                        new HostSetting(HostSetting.Kind.INSTANCE_HA, "s/other", "host compute2", true, LATER, null),
                        State.ASKED))) {
            assertEquals(row.ends(), recorded.taken(row.answer()).state());
        }
        assertEquals(State.ASKED, recorded.taken(null).state());
        SettingChange due = recorded.taken(answered).dueBack(NOW);
        assertEquals(State.BACK_RECORDED, due.returning(HELD, NOW).state());
        assertEquals(State.BACK, due.returning(HELD, NOW).taken(FREE).state());
        assertEquals(State.BACK_ASKED, due.returning(HELD, NOW).taken(HELD).state());
        assertEquals(State.THEIRS, due.returning(HELD_AGAIN, NOW).state());
    }

    private static final HostSetting.Step DOWN = new HostSetting.Step("a", 0);

    /** The priorities of the host's chassis a and of another, b. */
    private static HostSetting gateway(boolean held, Integer a, Integer b, HostSetting.Step... steps) {
        List<HostSetting.Served> serves = held
                ? List.of()
                : List.of(new HostSetting.Served(
                        HostSetting.Served.What.ROUTER,
                        "r",
                        "web",
                        steps.length == 0 ? HostSetting.Served.Fate.STRANDED : HostSetting.Served.Fate.LED));
        return new HostSetting(HostSetting.Kind.ROUTER_GATEWAY, "a/r", "gateway", held, null, null, serves, null, null)
                .with(new HostSetting.Numbers(b == null ? Map.of("a", a) : Map.of("a", a, "b", b), List.of(steps)));
    }

    private static final HostSetting GATEWAY = gateway(false, 2, 1, DOWN);
    private static final HostSetting LED = gateway(true, 0, 1);
    /** The agent without the router: it has it no more. */
    private static final HostSetting GONE =
            new HostSetting(HostSetting.Kind.ROUTER_GATEWAY, "a", "agent", true, null, null);

    private static final HostSetting SILENT = new HostSetting(
            HostSetting.Kind.ROUTER_GATEWAY, "a", "agent", true, null, null, List.of(), null, "does not report");

    /** A number has no room for a claim: what still has the one that ours set is ours, and nothing else is. */
    @Test
    public void theNumberTellsWhoseItIs() {
        record Row(List<Object> events, State ends, Integer before) {}
        HostSetting ledByOthers = gateway(true, 2, 3);
        HostSetting raised = gateway(false, 9, 1, DOWN);
        HostSetting rebalanced = gateway(true, 1, 2);
        HostSetting alone = gateway(false, 2, null);
        for (Row row : List.of(
                new Row(List.of(GATEWAY), State.RECORDED, 2),
                new Row(List.of(GATEWAY, "taken"), State.ASKED, 2),
                new Row(List.of(GATEWAY, "taken", LED), State.OURS, 2),
                new Row(List.of(GATEWAY, UNCLEAR, LED), State.OURS, 2),
                new Row(List.of(GATEWAY, "restart", LED), State.OURS, 2),
                new Row(List.of(GATEWAY, UNCLEAR, GATEWAY, "taken", LED), State.OURS, 2),
                new Row(List.of(GATEWAY, "taken", GATEWAY, BUSY, LED), State.OURS, 2),
                // somebody was faster, or Neutron has rescheduled it
                new Row(List.of(ledByOthers), State.THEIRS, null),
                new Row(List.of(GATEWAY, BUSY, LED), State.THEIRS, 2),
                new Row(List.of(GATEWAY, "taken", ledByOthers), State.THEIRS, 2),
                new Row(List.of(GATEWAY, "taken", rebalanced), State.THEIRS, 2),
                new Row(List.of(GATEWAY, "taken", GONE), State.THEIRS, 2),
                // set anew, with what is found now
                new Row(List.of(GATEWAY, UNCLEAR, raised), State.RECORDED, 9),
                new Row(List.of(GATEWAY, "taken", raised, "taken", LED), State.OURS, 9),
                new Row(List.of(GATEWAY, REFUSED), State.NOT_SET, 2),
                new Row(List.of(alone), State.NOT_SET, null),
                new Row(List.of("nothing", GATEWAY), State.RECORDED, 2))) {
            SettingChange change = last(found(GATEWAY), false, row.events().toArray());
            assertEquals(row.toString(), row.ends(), change.state());
            assertEquals(
                    row.toString(),
                    row.before(),
                    change.number() == null ? null : (Integer) change.number().before());
        }
    }

    /** Set, and the others have died since: it is ours, and has gone nowhere. */
    @Test
    public void aNumberThatLeadsNowhereIsWaitedForAndStaysOurs() {
        SettingChange set = last(found(GATEWAY), false, GATEWAY, "taken", gateway(false, 0, 1));
        assertEquals(State.OURS, set.state());
        assertFalse(set.settled());
        assertTrue(set.stuck(NOW.plusSeconds(200)));
        assertTrue(set.setting(LED, CHECK, NOW).settled());
        // somebody has put the other below it
        SettingChange again = set.setting(gateway(false, 3, 2, DOWN), CHECK, NOW);
        assertEquals("that is his", State.BACK, again.state());
        HostSetting lower = gateway(false, 0, 1, new HostSetting.Step("a", 7), new HostSetting.Step("b", 8));
        SettingChange once = set.setting(lower, CHECK, NOW);
        assertEquals(new SettingChange.Number("a", 2, 7), once.number());
    }

    @Test
    public void onlyANumberThatIsStillOursIsPutBack() {
        SettingChange ours = last(found(GATEWAY), false, GATEWAY, "taken", LED);
        SettingChange asked = last(found(GATEWAY), false, GATEWAY, UNCLEAR);
        record Row(SettingChange from, List<Object> events, State ends, boolean doubtful) {}
        for (Row row : List.of(
                new Row(ours, List.of(LED), State.BACK_RECORDED, false),
                new Row(ours, List.of(LED, "taken"), State.BACK_ASKED, false),
                new Row(ours, List.of(LED, "taken", GATEWAY), State.BACK, false),
                new Row(ours, List.of(LED, UNCLEAR, LED, "taken", GATEWAY), State.BACK, false),
                new Row(ours, List.of(LED, "restart", GATEWAY), State.BACK, false),
                new Row(ours, List.of(GATEWAY, GATEWAY), State.BACK, false),
                // that list was old
                new Row(ours, List.of(GATEWAY, LED), State.BACK_RECORDED, false),
                new Row(ours, List.of(gateway(false, 9, 1, DOWN)), State.THEIRS, true),
                new Row(ours, List.of(gateway(true, 1, 2)), State.THEIRS, true),
                new Row(ours, List.of(GONE), State.THEIRS, true),
                new Row(ours, List.of(SILENT), State.DUE_BACK, true),
                // what the others have changed among themselves is nothing to us
                new Row(ours, List.of(gateway(true, 0, 7)), State.BACK_RECORDED, false),
                // its place is another's now
                new Row(ours, List.of(gateway(true, 0, 2)), State.DUE_BACK, false),
                new Row(asked, List.of(LED), State.BACK_RECORDED, false),
                new Row(asked, List.of(GATEWAY, GATEWAY), State.BACK, false),
                new Row(ours, List.of("nothing", LED), State.BACK_RECORDED, false))) {
            SettingChange due = row.from().dueBack(NOW);
            SettingChange change = last(due, true, row.events().toArray());
            assertEquals(row.toString(), row.ends(), change.state());
            if (row.events().get(0) instanceof HostSetting look) {
                assertTrue(row.toString(), due.of(look));
                assertEquals(row.toString(), row.doubtful(), due.doubts(look));
            }
        }
        HostSetting back = last(ours.dueBack(NOW), true, LED).wanted();
        assertEquals(new HostSetting.Numbers(Map.of("a", 0), List.of(new HostSetting.Step("a", 2))), back.numbers());
    }

    /** A refused number is another's of whom no list tells: another is tried. */
    @Test
    public void aRefusedNumberIsNotAskedForAgain() {
        HostSetting.Step second = new HostSetting.Step("a", 4);
        HostSetting look = gateway(false, 9, 5, new HostSetting.Step("a", 3), second);
        assertEquals(4, last(found(look), false, look, BUSY, look).number().ours());
        assertEquals(3, last(found(look), false, look, UNCLEAR, look).number().ours());
    }

    /** A drain that finds as the highest what an earlier step had set goes back to what that had found. */
    @Test
    public void aNumberOfAnEarlierStepIsGoneOnWith() {
        SettingChange.Number old = new SettingChange.Number("a", 5, 2);
        SettingChange earlier = SettingChange.ours(HostSetting.Kind.ROUTER_GATEWAY, "a/r", "gateway", null, old, NOW);
        SettingChange ours = last(found(GATEWAY), false, GATEWAY, "taken", LED);
        assertEquals(
                new SettingChange.Number("a", 5, 0),
                ours.adopted(List.of(earlier)).number());
        SettingChange other = SettingChange.ours(
                HostSetting.Kind.ROUTER_GATEWAY, "a/r", "gateway", null, new SettingChange.Number("a", 5, 1), NOW);
        assertSame(ours, ours.adopted(List.of(other)));
    }

    private static HostSetting central(HostSetting.Served... serves) {
        return new HostSetting(
                HostSetting.Kind.CENTRAL_ROUTERS,
                "l3",
                "L3 agent",
                serves.length == 0,
                null,
                null,
                List.of(serves),
                null,
                null);
    }

    /** A router that is off its agent is not elsewhere by that: only an answer that it was led says so. */
    @Test
    public void whatIsLedOnlyIsSetOnceItIsElsewhere() {
        HostSetting.Served router =
                new HostSetting.Served(HostSetting.Served.What.SNAT, "r", "web", HostSetting.Served.Fate.LED);
        HostSetting has = central(router);
        HostSetting none = central();
        record Row(List<Object> events, State ends) {}
        for (Row row : List.of(
                new Row(List.of(has), State.RECORDED),
                new Row(List.of(has, UNCLEAR, none), State.RECORDED),
                new Row(List.of(has, "restart", none), State.RECORDED),
                new Row(List.of(has, UNCLEAR, has), State.RECORDED),
                new Row(List.of(has, REFUSED), State.NOT_SET))) {
            SettingChange change = last(found(has), false, row.events().toArray());
            assertEquals(row.toString(), row.ends(), change.state());
            assertEquals(row.toString(), List.of(router), change.leads());
        }
        SettingChange led = last(found(has), false, has).taken(null).setting(none, CHECK, NOW);
        assertEquals(State.OURS, led.state());
        assertEquals(List.of(router), led.led());
        assertTrue(led.settled());
        assertEquals("for good", State.BACK, led.dueBack(NOW).state());
    }

    /** Three minutes, or ten where the service is busy with the host; then it is said, and not tried any more. */
    @Test
    public void itIsTriedForATimeThatIsTold() {
        record Row(Trouble trouble, Duration patience) {}
        for (Row row : List.of(new Row(BUSY, Duration.ofMinutes(10)), new Row(UNCLEAR, Duration.ofMinutes(3)))) {
            for (boolean back : List.of(false, true)) {
                SettingChange change =
                        back ? last(found(FREE), false, FREE, "taken", HELD).dueBack(NOW) : found(FREE);
                HostSetting look = back ? HELD : FREE;
                Instant at = NOW;
                Instant gaveUp = null;
                for (int i = 0; i < 100 && gaveUp == null; i++) {
                    change = back ? change.returning(look, at) : change.setting(look, CHECK, at);
                    if (change.toSend()) {
                        change = change.asked(row.trouble());
                    } else {
                        gaveUp = at;
                    }
                    at = at.plusSeconds(20);
                }
                assertEquals(back ? State.NOT_BACK : State.NOT_SET, change.state());
                assertEquals(row.trouble().why(), change.why());
                assertEquals(row.patience().plusSeconds(20), Duration.between(NOW, gaveUp));
            }
        }
    }
}
