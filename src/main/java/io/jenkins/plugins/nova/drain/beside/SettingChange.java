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
 * @param number what of a kind that is a number is changed; null for the others, before there is one, and in old states
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
        List<Served> awaits,
        Number number) {

    public SettingChange {
        led = led == null ? List.of() : List.copyOf(led);
        leads = leads == null ? List.of() : List.copyOf(leads);
        awaits = awaits == null ? List.of() : List.copyOf(awaits);
    }

    /**
     * A number that is changed.
     *
     * @param of whose it is
     * @param before as it was found, which is put back
     * @param ours what it is set to
     */
    public record Number(String of, int before, int ours) {}

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
        SettingChange free = new Draft(setting.kind(), setting.id(), setting.name(), State.FREE, now)
                .changed(setting.changed())
                .done();
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
     * @param number what it had changed; null where its kind is no number
     */
    public static SettingChange ours(
            HostSetting.Kind kind, String id, String name, Instant changed, Number number, Instant now) {
        Draft draft = new Draft(kind, id, name, State.OURS, now).changed(changed);
        draft.taken = true;
        draft.number = number;
        return draft.done();
    }

    /** One that carries a claim, seen by a step that may put it back. */
    public static SettingChange claimed(HostSetting seen, Instant now) {
        return ours(seen.kind(), seen.id(), seen.name(), seen.changed(), null, now)
                .ours(seen)
                .awaiting(List.of());
    }

    /**
     * The same as what an earlier step has set, where it was found as that has left it. Where there is a claim, that has told it.
     *
     * @param earlier what earlier steps have set and not put back
     */
    public SettingChange adopted(List<SettingChange> earlier) {
        if (kind.numbered()) {
            return earlier.stream()
                    .filter(this::goesOnWith)
                    .findFirst()
                    .map(this::over)
                    .orElse(this);
        }
        return state != State.THEIRS || kind.keepsClaim()
                ? this
                : earlier.stream()
                        .filter(one -> one.kind() == kind && one.id().equals(id))
                        .filter(one -> one.changed() == null || changed == null || together(one.changed(), changed))
                        .findFirst()
                        .orElse(this);
    }

    /** Whether the number that was found is what an earlier step had set it to. */
    private boolean goesOnWith(SettingChange earlier) {
        return earlier.id().equals(id)
                && number != null
                && earlier.number() != null
                && earlier.number().of().equals(number.of())
                && earlier.number().ours() == number.before();
    }

    private SettingChange over(SettingChange earlier) {
        Draft draft = new Draft(this);
        draft.number = new Number(number.of(), earlier.number().before(), number.ours());
        return draft.done();
    }

    /** When its record was written as it was seen in maintenance; null where it was not seen so, for that was before. */
    public Instant written() {
        return state == State.FREE || state == State.RECORDED || state == State.ASKED ? null : changed;
    }

    /** Whether this is the one that a look shows. */
    public boolean of(HostSetting setting) {
        boolean mine = kind == setting.kind() && (id.equals(setting.id()) || kind.numbered() && isPartOf(setting.id()));
        // others have theirs beside it
        return mine && (!kind.ends() || !setting.held() || claim != null && carriesOurs(setting));
    }

    /** Whether that is what it is of: where it is not listed itself, it is there no more. */
    private boolean isPartOf(String whole) {
        return id.startsWith(whole + "/");
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
                && leads.stream().anyMatch(one -> one.what().ofRouter());
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
        if (kind.numbered()) {
            boolean odd = number == null ? seen.held() : !set(seen) && !asBefore(seen);
            return odd && (!settled() || comingBack());
        }
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
        boolean set = set(seen);
        if (state == State.OURS && !set && !seen.held()) {
            // switched back by hand; a claim of ours that is still there is taken out later
            SettingChange over = awaiting(List.of());
            return kind.keepsClaim() && carriesOurs(seen)
                    ? over
                    : over.to(State.BACK, null).seen(seen);
        }
        boolean theirs = seen.held() && !kind.leadsOnly();
        CordonOwnership.Kind whose = set || theirs ? whose(seen, check) : CordonOwnership.Kind.FREE;
        return switch (whose) {
            case OURS -> leadable(seen) && !overdue(now) ? toBeSet(seen, check.own(), now) : ours(seen);
            case FOUND, HELD -> to(State.THEIRS, null).seen(seen).awaiting(List.of());
            case FREE, LEFTOVER -> toBeSet(seen, check.own(), now);
        };
    }

    /** Whether it reads as ours sets it; of a number, which many have by nobody's doing, only that one does. */
    private boolean set(HostSetting seen) {
        if (kind.leadsOnly()) {
            // a router that it has no more may be on its way, and on none
            return seen.held() && leads.isEmpty();
        }
        return kind.numbered() ? number != null && shows(seen, number.ours()) : seen.held();
    }

    /** Whether it reads as before ours was set. */
    private boolean asBefore(HostSetting seen) {
        return kind.numbered() ? number == null || shows(seen, number.before()) : !seen.held();
    }

    private boolean shows(HostSetting seen, int wanted) {
        Integer now = seen.numbers() == null ? null : seen.numbers().now().get(number.of());
        return now != null && now == wanted;
    }

    /** Whether it serves what could be led elsewhere still: that came meanwhile, or one list lacked it. */
    private static boolean leadable(HostSetting seen) {
        return seen.serves().stream().anyMatch(one -> one.fate() == Served.Fate.LED);
    }

    private SettingChange toBeSet(HostSetting seen, Claim own, Instant now) {
        if (state != State.FREE && overdue(now)) {
            return to(State.NOT_SET, why == null ? "it does not show" : why);
        }
        Draft draft = new Draft(this);
        draft.state = State.RECORDED;
        if (state == State.FREE) {
            draft.again(now).changed(seen.changed());
            draft.awaits = List.of();
        }
        if (kind.numbered()) {
            return numbered(draft, seen);
        }
        SettingChange next = draft.done();
        if (!kind.keepsClaim() && !kind.leadsOnly()) {
            return next;
        }
        if (seen.serves().stream().anyMatch(one -> one.fate() == Served.Fate.STRANDED)) {
            return to(State.NOT_SET, SettingWords.stranded(seen));
        }
        if (kind.leadsOnly()) {
            return next.leading(seen.serves());
        }
        Optional<String> written = ClaimText.with(seen.text(), own);
        return written.map(text -> next.saying(ClaimText.claim(text), text).leading(seen.serves()))
                .orElseGet(() -> to(
                        State.NOT_SET,
                        "what its record says already ("
                                + ClaimText.without(seen.text()).length()
                                + " characters) leaves no room for our claim"));
    }

    /**
     * With the number that it is to have. Once asked for it stays the same, for a request whose answer was lost may yet be acted on;
     * another is taken where it was refused, for somebody of whom no list tells may have it.
     */
    private SettingChange numbered(Draft draft, HostSetting seen) {
        boolean set = set(seen);
        List<HostSetting.Step> steps = seen.numbers() == null
                ? List.of()
                : seen.numbers().steps().stream()
                        // one that is set already is all that will be put back
                        .filter(step -> !set || step.of().equals(number.of()))
                        .toList();
        if (steps.isEmpty()) {
            boolean stranded = seen.serves().stream().anyMatch(one -> one.fate() == Served.Fate.STRANDED);
            return set
                    ? ours(seen)
                    : to(
                            State.NOT_SET,
                            stranded ? SettingWords.stranded(seen) : "no priority is free that would do it");
        }
        HostSetting.Step asked = number == null ? null : new HostSetting.Step(number.of(), number.ours());
        HostSetting.Step step = !busy && steps.contains(asked) ? asked : steps.get(attempts % steps.size());
        int before = set ? number.before() : seen.numbers().now().getOrDefault(step.of(), step.number());
        draft.number = new Number(step.of(), before, step.number());
        return draft.done();
    }

    private CordonOwnership.Kind whose(HostSetting seen, ClaimCheck check) {
        if (kind.keepsClaim()) {
            return check.of(seen.text()).kind;
        }
        if (kind.numbered() && !set(seen)) {
            return CordonOwnership.Kind.FOUND;
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
        if (kind.leadsOnly()) {
            return leads.isEmpty() ? to(State.BACK, null) : to(State.NOT_SET, "it was not gone on with");
        }
        // what was never seen as ours may have been written at any time
        Instant ours = state == State.OURS || state == State.NOT_BACK ? changed : null;
        Draft draft = new Draft(this).again(now).changed(ours);
        draft.state = State.DUE_BACK;
        draft.text = null;
        draft.awaits = List.of();
        return draft.done();
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
        if (seen.numbers() == null && kind.numbered() && seen.unready() != null) {
            return overdue(now) ? to(State.NOT_BACK, seen.unready()) : to(State.DUE_BACK, seen.unready());
        }
        boolean claimed = kind.keepsClaim() && carriesOurs(seen);
        if (asBefore(seen) && !claimed) {
            // nothing of ours has put it back, so one list alone does not say that somebody else has
            return state == State.DUE_BACK
                    ? to(State.BACK_ASKED, null)
                    : to(State.BACK, null).seen(seen);
        }
        if (kind.keepsClaim() ? !claimed : !set(seen) || writtenSince(seen)) {
            return to(State.THEIRS, null).seen(seen);
        }
        if (overdue(now)) {
            return to(State.NOT_BACK, why == null ? "it does not show" : why);
        }
        if (seen.unready() != null) {
            return to(State.DUE_BACK, seen.unready());
        }
        if (kind.numbered() && seen.numbers().now().containsValue(number.before())) {
            return to(State.DUE_BACK, "its priority before, " + number.before() + ", is another's now");
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
        // of a number the next look says more
        if (answer == null || kind.numbered() || !of(answer) || answer.held() != sets()) {
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
        Draft draft = new Draft(this);
        draft.state = next;
        draft.attempts = attempts + 1;
        draft.why = said;
        draft.busy = waits;
        draft.taken = taken || may;
        return draft.done();
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
        if (settled() && !comingBack() || state == State.FREE || state == State.OURS) {
            return this;
        }
        Draft draft = new Draft(this);
        draft.since = now;
        draft.attempts = 0;
        draft.taken = true;
        return draft.done();
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
        Draft draft = new Draft(this);
        draft.state = next;
        draft.why = reason;
        return draft.done();
    }

    private SettingChange seen(HostSetting seen) {
        Draft draft = new Draft(this).changed(seen.changed());
        draft.busy = false;
        return draft.done();
    }

    /** These, and what was to be led before: it may be on its way. */
    private SettingChange leading(List<Served> more) {
        Map<String, Served> all = new LinkedHashMap<>();
        Stream.of(leads, more)
                .flatMap(List::stream)
                .filter(one -> one.fate() == Served.Fate.LED)
                .forEach(one -> all.putIfAbsent(one.id(), one));
        Draft draft = new Draft(this);
        draft.leads = List.copyOf(all.values());
        return draft.done();
    }

    private SettingChange allLed() {
        Draft draft = new Draft(this);
        draft.led = Stream.concat(led.stream(), leads.stream()).distinct().toList();
        draft.leads = List.of();
        return draft.done();
    }

    private SettingChange awaiting(List<Served> still) {
        Draft draft = new Draft(this);
        draft.awaits = still;
        return draft.done();
    }

    private SettingChange saying(String ours, String said) {
        Draft draft = new Draft(this);
        draft.claim = ours;
        draft.text = said;
        return draft.done();
    }

    /** Changes to a {@link SettingChange}; single-threaded and short-lived. */
    private static final class Draft {
        private final HostSetting.Kind kind;
        private final String id;
        private final String name;
        private State state;
        private Instant since;
        private int attempts;
        private String why;
        private boolean busy;
        private boolean taken;
        private Instant changed;
        private String claim;
        private String text;
        private List<Served> leads = List.of();
        private List<Served> led = List.of();
        private List<Served> awaits = List.of();
        private Number number;

        Draft(HostSetting.Kind kind, String id, String name, State state, Instant now) {
            this.kind = kind;
            this.id = id;
            this.name = name;
            this.state = state;
            since = now;
        }

        Draft(SettingChange from) {
            this(from.kind, from.id, from.name, from.state, from.since);
            attempts = from.attempts;
            why = from.why;
            busy = from.busy;
            taken = from.taken;
            changed = from.changed;
            claim = from.claim;
            text = from.text;
            leads = from.leads;
            led = from.led;
            awaits = from.awaits;
            number = from.number;
        }

        /** As nobody had asked for it yet. */
        Draft again(Instant now) {
            since = now;
            attempts = 0;
            why = null;
            busy = false;
            taken = false;
            return this;
        }

        Draft changed(Instant at) {
            changed = at;
            return this;
        }

        SettingChange done() {
            return new SettingChange(
                    kind, id, name, state, since, attempts, why, busy, taken, changed, claim, text, leads, led, awaits,
                    number);
        }
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
        if (kind.numbered()) {
            int from = sets() ? number.before() : number.ours();
            int to = sets() ? number.ours() : number.before();
            return new HostSetting(kind, id, name, sets(), null, null)
                    .with(new HostSetting.Numbers(
                            Map.of(number.of(), from), List.of(new HostSetting.Step(number.of(), to))));
        }
        boolean leading = sets() && !leads.isEmpty();
        // a silence is found by what it says, also where it is to be ended
        String said = kind.ends() ? claim : text;
        return new HostSetting(kind, id, name, sets() && !leading, null, said, leading ? leads : List.of(), null, null);
    }
}
