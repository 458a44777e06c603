package io.jenkins.plugins.nova.drain.beside;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.drain.beside.SettingChange.State;
import io.jenkins.plugins.nova.drain.beside.SettingChange.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** The law for what stands beside Nova, as tables: whose a value is, and when it is given up. */
public class SettingChangeTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final Trouble BUSY = new Trouble(Trouble.Kind.BUSY, "in-use to process notifications");
    private static final Trouble REFUSED = new Trouble(Trouble.Kind.REFUSED, "not allowed");
    private static final Trouble UNCLEAR = new Trouble(Trouble.Kind.UNCLEAR, "no answer");

    private static HostSetting seen(boolean held, Instant changed) {
        return new HostSetting(HostSetting.Kind.INSTANCE_HA, "s/h", "host compute1 of segment rack1", held, changed);
    }

    private static final HostSetting FREE = seen(false, NOW);
    private static final HostSetting HELD = seen(true, LATER);
    private static final HostSetting HELD_AGAIN = seen(true, LATER.plusSeconds(2));
    private static final HostSetting HELD_UNTOLD = seen(true, null);

    /** The states that a change goes through: looks, and answers to what the look before wanted sent. */
    private static List<State> way(SettingChange from, boolean back, Object... events) {
        SettingChange change = from;
        List<State> states = new ArrayList<>();
        for (Object event : events) {
            if (event instanceof HostSetting look) {
                change = back ? change.returning(look, NOW) : change.setting(look, NOW);
            } else if (event.equals("nothing")) {
                change = back ? change.returning(null, NOW) : change.setting(null, NOW);
            } else if (event.equals("restart")) {
                change = change.resumed(NOW);
            } else {
                change = change.asked(event instanceof Trouble trouble ? trouble : null);
            }
            states.add(change.state());
        }
        return states;
    }

    private static SettingChange last(SettingChange from, boolean back, Object... events) {
        SettingChange change = from;
        for (Object event : events) {
            if (event instanceof HostSetting look) {
                change = back ? change.returning(look, NOW) : change.setting(look, NOW);
            } else {
                change = change.asked(event instanceof Trouble trouble ? trouble : null);
            }
        }
        return change;
    }

    private static SettingChange found(HostSetting setting) {
        return SettingChange.found(setting, NOW);
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
        SettingChange later = SettingChange.ours(asked.kind(), asked.id(), asked.name(), asked.written(), NOW);
        assertEquals(
                State.BACK_RECORDED,
                later.dueBack(NOW).returning(HELD_AGAIN, NOW).state());
        SettingChange ours = last(found(FREE), false, FREE, "taken", HELD);
        SettingChange known = SettingChange.ours(ours.kind(), ours.id(), ours.name(), ours.written(), NOW);
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
                        new HostSetting(HostSetting.Kind.INSTANCE_HA, "s/other", "host compute2", true, LATER),
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
                    change = back ? change.returning(look, at) : change.setting(look, at);
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
