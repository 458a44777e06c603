package io.jenkins.plugins.nova.drain.beside;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.HostSetting.Served;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.CordonOwnership;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One setting beside Nova on its way: found, set, and put back. Setting the same twice does no harm, so an unclear request is looked up
 * and then sent again. Whose a value is tells the claim in its record, as it does of the cordon, where the record has room for one
 * ({@link HostSetting.Kind#keepsClaim}). Where it has none, the time at which the record was written does: what has been written since
 * ours was seen is somebody else's, and stays. Immutable.
 *
 * @param kind what it is
 * @param id what its service calls it
 * @param name for people
 * @param state how far it has come
 * @param since when it was first to be set, or to be put back
 * @param attempts how often it was asked for since then
 * @param why why it was not taken the last time, or never will be; null for nothing
 * @param busy whether that was because the service has something to do with the host, so that it is waited for longer
 * @param taken whether one of the requests since then may have been taken: what shows without one is somebody else's doing
 * @param changed when its record was written as ours was seen, or when it was found; null when not told
 * @param claim ours, where its kind keeps one; null for none, and before there is one
 * @param text what its record is to say by the request that is written down; null where its kind keeps no claim
 * @param leads what the request that is written down leads elsewhere, before the next one sets it; empty for nothing, and in old states
 * @param led what such requests have led elsewhere; empty for nothing, and in old states
 * @param awaits what has not gone elsewhere yet though it is set; empty for nothing, and in old states
 */
public record SettingChange(
        HostSetting.Kind kind,
        String id,
        String name,
        State state,
        Instant since,
        int attempts,
        String why,
        boolean busy,
        boolean taken,
        Instant changed,
        String claim,
        String text,
        List<Served> leads,
        List<Served> led,
        List<Served> awaits) {

    public SettingChange {
        led = led == null ? List.of() : List.copyOf(led);
        leads = leads == null ? List.of() : List.copyOf(leads);
        awaits = awaits == null ? List.of() : List.copyOf(awaits);
    }

    /** How long, and how often, one that does not show is asked for. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int ATTEMPTS = 10;

    private static final Duration SAME_WRITE = Duration.ofSeconds(1);

    /** How long one that ends by itself is asked for. */
    private static final Duration SHORT_PATIENCE = Duration.ofMinutes(1);

    /** How long a service that is busy with the host is waited for. */
    public static final Duration BUSY = Duration.ofMinutes(10);

    /** How far a change has come. */
    public enum State {
        /** Found as it is outside a maintenance, or as a step that has ended has left it. */
        FREE,
        /** Written down; about to be asked for. */
        RECORDED,
        /** Asked for; to be seen. */
        ASKED,
        /** Seen as in maintenance after it was asked for. */
        OURS,
        /** Was as in maintenance before, or was written by somebody else since: it stays as it is. */
        THEIRS,
        /** It could not be set. */
        NOT_SET,
        /** Ours, and to be put back. */
        DUE_BACK,
        /** Written down; about to be put back. */
        BACK_RECORDED,
        /** Asked to be put back; to be seen. */
        BACK_ASKED,
        /** As it was. */
        BACK,
        /** Ours, and could not be put back. */
        NOT_BACK
    }

    /** What a look shows before anything is asked for. */
    public static SettingChange found(HostSetting setting, ClaimCheck check, Instant now) {
        SettingChange free = new SettingChange(
                setting.kind(),
                setting.id(),
                setting.name(),
                State.FREE,
                now,
                0,
                null,
                false,
                false,
                setting.changed(),
                null,
                null,
                List.of(),
                List.of(),
                List.of());
        if (!setting.held()) {
            return free;
        }
        return switch (free.whose(setting, check)) {
            case OURS -> free.ours(setting);
            case LEFTOVER -> free;
            case FREE, FOUND, HELD -> free.to(State.THEIRS, null);
        };
    }

    /**
     * One that an earlier step has set and not put back, of a kind that keeps no claim.
     *
     * @param changed when its record was written as it was seen then; null when not known
     */
    public static SettingChange ours(HostSetting.Kind kind, String id, String name, Instant changed, Instant now) {
        return new SettingChange(
                kind, id, name, State.OURS, now, 0, null, false, true, changed, null, null, null, null, null);
    }

    /** One that carries a claim, seen by a step that may put it back. */
    public static SettingChange claimed(HostSetting seen, Instant now) {
        return ours(seen.kind(), seen.id(), seen.name(), seen.changed(), now)
                .ours(seen)
                .awaiting(List.of());
    }

    /**
     * The same as what an earlier step has set, where it was found as that has left it. Where there is a claim, that has told it.
     *
     * @param earlier what earlier steps have set and not put back
     */
    public SettingChange adopted(List<SettingChange> earlier) {
        return state != State.THEIRS || kind.keepsClaim()
                ? this
                : earlier.stream()
                        .filter(one -> one.kind() == kind && one.id().equals(id))
                        .filter(one -> one.changed() == null || changed == null || together(one.changed(), changed))
                        .findFirst()
                        .orElse(this);
    }

    /** When its record was written as it was seen in maintenance; null where it was not seen so, for that was before. */
    public Instant written() {
        return state == State.FREE || state == State.RECORDED || state == State.ASKED ? null : changed;
    }

    /** Whether this is the one that a look shows. */
    public boolean of(HostSetting setting) {
        boolean mine = kind == setting.kind() && id.equals(setting.id());
        // others have theirs beside it
        return mine && (!kind.ends() || !setting.held() || claim != null && carriesOurs(setting));
    }

    /** Whether a request for it is written down and not sent. */
    public boolean toSend() {
        return state == State.RECORDED || state == State.BACK_RECORDED;
    }

    /** Whether such a request sets it; otherwise it puts it back. */
    public boolean sets() {
        return state == State.RECORDED;
    }

    /** Whether nothing more is to be done before the host is emptied. */
    public boolean settled() {
        return state != State.FREE && state != State.RECORDED && state != State.ASKED && awaits.isEmpty();
    }

    /** Whether it is set, and what it served has not gone elsewhere in the time that there is for it. */
    public boolean stuck(Instant now) {
        return state == State.OURS && !awaits.isEmpty() && overdue(now);
    }

    /** Whether a router may be on its way from here to elsewhere, and on neither: that must not be left so. */
    public boolean leadsRouters() {
        return (state == State.RECORDED || state == State.ASKED)
                && leads.stream().anyMatch(one -> one.what() == Served.What.ROUTER);
    }

    /** Whether it is, or may be, as this maintenance has set it. */
    public boolean mayBeOurs() {
        return switch (state) {
            case RECORDED, ASKED, OURS, DUE_BACK, BACK_RECORDED, BACK_ASKED, NOT_BACK -> true;
            case FREE, THEIRS, NOT_SET, BACK -> false;
        };
    }

    /** Whether it is still to be put back, after {@link #dueBack}. */
    public boolean comingBack() {
        return state == State.DUE_BACK || state == State.BACK_RECORDED || state == State.BACK_ASKED;
    }

    /**
     * Whether a look shows what would have this one given up as somebody else's, so that it should be read once more: a list may once
     * lack what a record says.
     */
    public boolean doubts(HostSetting seen) {
        return kind.keepsClaim() && seen.held() && !carriesOurs(seen) && (state == State.ASKED || comingBack());
    }

    /**
     * One look on the way to a maintenance.
     *
     * @param seen what the look shows; null when it lacks it, which one look may
     */
    public SettingChange setting(HostSetting seen, ClaimCheck check, Instant now) {
        if (settled()) {
            return this;
        }
        if (seen == null) {
            return overdue(now) ? to(State.NOT_SET, why == null ? "it is not listed any more" : why) : this;
        }
        if (state == State.OURS && !seen.held()) {
            // switched back by hand; a claim of ours that is still there is taken out later
            SettingChange over = awaiting(List.of());
            return kind.keepsClaim() && carriesOurs(seen)
                    ? over
                    : over.to(State.BACK, null).seen(seen);
        }
        CordonOwnership.Kind whose = seen.held() ? whose(seen, check) : CordonOwnership.Kind.FREE;
        return switch (whose) {
            case OURS -> leadable(seen) && !overdue(now) ? toBeSet(seen, check.own(), now) : ours(seen);
            case FOUND, HELD -> to(State.THEIRS, null).seen(seen).awaiting(List.of());
            case FREE, LEFTOVER -> toBeSet(seen, check.own(), now);
        };
    }

    /** Whether it serves what could be led elsewhere still: that came meanwhile, or one list lacked it. */
    private static boolean leadable(HostSetting seen) {
        return seen.serves().stream().anyMatch(one -> one.fate() == Served.Fate.LED);
    }

    private SettingChange toBeSet(HostSetting seen, Claim own, Instant now) {
        if (state != State.FREE && overdue(now)) {
            return to(State.NOT_SET, why == null ? "it does not show" : why);
        }
        SettingChange next = state == State.FREE
                ? new SettingChange(
                        kind,
                        id,
                        name,
                        State.RECORDED,
                        now,
                        0,
                        null,
                        false,
                        false,
                        seen.changed(),
                        null,
                        null,
                        leads,
                        led,
                        null)
                : to(State.RECORDED, why);
        if (!kind.keepsClaim()) {
            return next;
        }
        if (seen.serves().stream().anyMatch(one -> one.fate() == Served.Fate.STRANDED)) {
            return to(State.NOT_SET, SettingWords.stranded(seen));
        }
        Optional<String> written = ClaimText.with(seen.text(), own);
        return written.map(text -> next.saying(ClaimText.claim(text), text).leading(seen.serves()))
                .orElseGet(() -> to(
                        State.NOT_SET,
                        "what its record says already ("
                                + ClaimText.without(seen.text()).length()
                                + " characters) leaves no room for our claim"));
    }

    private CordonOwnership.Kind whose(HostSetting seen, ClaimCheck check) {
        if (kind.keepsClaim()) {
            return check.of(seen.text()).kind;
        }
        return taken ? CordonOwnership.Kind.OURS : CordonOwnership.Kind.FOUND;
    }

    private SettingChange ours(HostSetting seen) {
        return to(State.OURS, null)
                .seen(seen)
                .awaiting(seen.serves())
                .saying(kind.keepsClaim() ? ClaimText.claim(seen.text()) : null, null);
    }

    /** Whether its record carries a claim of ours; any claim where it is not known which. */
    private boolean carriesOurs(HostSetting seen) {
        return Claim.parse(ClaimText.claim(seen.text()))
                .filter(read ->
                        claim == null || Claim.parse(claim).filter(read::same).isPresent())
                .isPresent();
    }

    /**
     * As it is where nothing more is tried, for it ends by itself.
     *
     * @param reason why, in words
     */
    public SettingChange leftToEnd(String reason) {
        return endsAnyway() ? to(State.NOT_BACK, reason) : this;
    }

    /** Whether it is one that is to be ended though the host stays closed. */
    public boolean endsAnyway() {
        // one that was given up may have been taken all the same
        return kind.ends() && (mayBeOurs() && state != State.NOT_BACK || state == State.NOT_SET && taken);
    }

    /** From now on it is to be put back, if it is or may be ours. */
    public SettingChange dueBack(Instant now) {
        if (!mayBeOurs() && !endsAnyway() || comingBack()) {
            return this;
        }
        // what was never seen as ours may have been written at any time
        Instant ours = state == State.OURS || state == State.NOT_BACK ? changed : null;
        return new SettingChange(
                kind, id, name, State.DUE_BACK, now, 0, null, false, false, ours, claim, null, leads, led, null);
    }

    /**
     * One look on the way back.
     *
     * @param seen what the look shows; null when it lacks it, which one look may
     */
    public SettingChange returning(HostSetting seen, Instant now) {
        if (!comingBack()) {
            return this;
        }
        if (seen == null) {
            return overdue(now) ? to(State.NOT_BACK, why == null ? "it is not listed any more" : why) : this;
        }
        boolean claimed = kind.keepsClaim() && carriesOurs(seen);
        if (!seen.held() && !claimed) {
            // nothing of ours has put it back, so one list alone does not say that somebody else has
            return state == State.DUE_BACK
                    ? to(State.BACK_ASKED, null)
                    : to(State.BACK, null).seen(seen);
        }
        if (kind.keepsClaim() ? !claimed : writtenSince(seen)) {
            return to(State.THEIRS, null).seen(seen);
        }
        if (overdue(now)) {
            return to(State.NOT_BACK, why == null ? "it does not show" : why);
        }
        if (seen.unready() != null) {
            return to(State.DUE_BACK, seen.unready());
        }
        return to(State.BACK_RECORDED, why).saying(claim, kind.keepsClaim() ? ClaimText.without(seen.text()) : null);
    }

    private boolean writtenSince(HostSetting seen) {
        return changed != null && seen.changed() != null && !together(changed, seen.changed());
    }

    /**
     * After it was asked for, and taken.
     *
     * @param answer as the answer shows it; null when it does not
     */
    public SettingChange taken(HostSetting answer) {
        SettingChange asked = asked(null);
        if (state == State.RECORDED && !leads.isEmpty()) {
            return asked.allLed();
        }
        if (answer == null || !of(answer) || answer.held() != sets()) {
            return asked;
        }
        if (sets() && kind.keepsClaim() && !carriesOurs(answer)) {
            return asked;
        }
        return asked.to(sets() ? State.OURS : State.BACK, null).seen(answer);
    }

    /**
     * After it was asked for.
     *
     * @param trouble what came of it when it was not taken; null when it was, as far as that can be told
     */
    public SettingChange asked(Trouble trouble) {
        State next = state == State.RECORDED ? State.ASKED : State.BACK_ASKED;
        if (trouble != null && trouble.kind() == Trouble.Kind.REFUSED) {
            next = state == State.RECORDED ? State.NOT_SET : State.NOT_BACK;
        }
        boolean waits = trouble != null && trouble.kind() == Trouble.Kind.BUSY;
        boolean may = trouble == null || trouble.kind() == Trouble.Kind.UNCLEAR;
        String said = trouble == null ? null : trouble.why();
        return new SettingChange(
                kind,
                id,
                name,
                next,
                since,
                attempts + 1,
                said,
                waits,
                taken || may,
                changed,
                claim,
                text,
                leads,
                led,
                awaits);
    }

    /**
     * Why a request was not taken.
     *
     * @param kind whether it is worth while to ask again
     * @param why in words
     */
    public record Trouble(Kind kind, String why) {

        /** Whether it is worth while to ask again. */
        public enum Kind {
            /** Refused, and would be again. */
            REFUSED,
            /** Refused while the service has something to do with the host. */
            BUSY,
            /** It may have been taken, or will be. */
            UNCLEAR
        }
    }

    /**
     * As a new process takes it: the time in which it must show begins anew, for nobody has looked meanwhile; and what was about to be
     * sent may have been.
     */
    public SettingChange resumed(Instant now) {
        return settled() && !comingBack() || state == State.FREE || state == State.OURS
                ? this
                : new SettingChange(
                        kind, id, name, state, now, 0, why, busy, true, changed, claim, text, leads, led, awaits);
    }

    /**
     * Whether both are of one write. An answer to it has the time as it was made, with a fraction of a second, and a list has it as the
     * database keeps it, without: MariaDB cuts it off, MySQL rounds. Of a time that is not told (null) nothing is.
     */
    public static boolean together(Instant one, Instant other) {
        return one != null
                && other != null
                && Duration.between(one, other).abs().compareTo(SAME_WRITE) <= 0;
    }

    private boolean overdue(Instant now) {
        Duration passed = Duration.between(since, now);
        if (kind.ends()) {
            return passed.compareTo(SHORT_PATIENCE) > 0;
        }
        return busy ? passed.compareTo(BUSY) > 0 : attempts >= ATTEMPTS || passed.compareTo(PATIENCE) > 0;
    }

    private SettingChange to(State next, String reason) {
        return new SettingChange(
                kind, id, name, next, since, attempts, reason, busy, taken, changed, claim, text, leads, led, awaits);
    }

    private SettingChange seen(HostSetting seen) {
        return new SettingChange(
                kind,
                id,
                name,
                state,
                since,
                attempts,
                why,
                false,
                taken,
                seen.changed(),
                claim,
                text,
                leads,
                led,
                awaits);
    }

    /** These, and what was to be led before: it may be on its way. */
    private SettingChange leading(List<Served> more) {
        Map<String, Served> all = new LinkedHashMap<>();
        Stream.of(leads, more)
                .flatMap(List::stream)
                .filter(one -> one.fate() == Served.Fate.LED)
                .forEach(one -> all.putIfAbsent(one.id(), one));
        return new SettingChange(
                kind,
                id,
                name,
                state,
                since,
                attempts,
                why,
                busy,
                taken,
                changed,
                claim,
                text,
                List.copyOf(all.values()),
                led,
                awaits);
    }

    private SettingChange allLed() {
        List<Served> all =
                Stream.concat(led.stream(), leads.stream()).distinct().toList();
        return new SettingChange(
                kind, id, name, state, since, attempts, why, busy, taken, changed, claim, text, List.of(), all, awaits);
    }

    private SettingChange awaiting(List<Served> still) {
        return new SettingChange(
                kind, id, name, state, since, attempts, why, busy, taken, changed, claim, text, leads, led, still);
    }

    private SettingChange saying(String ours, String said) {
        return new SettingChange(
                kind, id, name, state, since, attempts, why, busy, taken, changed, ours, said, leads, led, awaits);
    }

    /** Whether it was asked to be put back, and that was taken, and does not show. */
    public boolean ineffective() {
        return state == State.BACK_RECORDED && attempts > 0 && taken && why == null;
    }

    /** What a request is to have the service say for one that is ours, and is to last until then. */
    public HostSetting lasting(Instant until) {
        return new HostSetting(kind, id, name, true, null, claim).until(until);
    }

    /** What a request is to have the service say for one that was ours. */
    public HostSetting over() {
        return new HostSetting(kind, id, name, false, null, claim);
    }

    /** What a request for it is to have the service say, or what it is to lead elsewhere before that. */
    public HostSetting wanted() {
        boolean leading = sets() && !leads.isEmpty();
        // a silence is found by what it says, also where it is to be ended
        String said = kind.ends() ? claim : text;
        return new HostSetting(kind, id, name, sets() && !leading, null, said, leading ? leads : List.of(), null, null);
    }
}
