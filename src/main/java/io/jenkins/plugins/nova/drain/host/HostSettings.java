package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.drain.BackOut;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Phase;
import io.jenkins.plugins.nova.drain.ServiceChange;
import io.jenkins.plugins.nova.drain.beside.ClaimCheck;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import io.jenkins.plugins.nova.drain.beside.SettingWords;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.observe.SettingsReader;
import io.jenkins.plugins.nova.drain.text.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of the host stands beside Nova, before the first server is moved; and back where none is. Pure. */
public final class HostSettings {

    private HostSettings() {}

    /** Takes down what the first look found, and says what will be touched. */
    static void found(DrainState.Edit edit, DrainState state, Observation observed, Holders holders, Instant now) {
        SettingsReader.Read read = observed.settings();
        ClaimCheck check = check(state, holders);
        read.settings().stream()
                .filter(setting -> setting.fixed() != null)
                .forEach(setting -> edit.note(SettingWords.fixed(setting)));
        edit.settings = read.settings().stream()
                .filter(setting -> setting.fixed() == null)
                .flatMap(setting -> found(setting, check, now).stream())
                .toList();
        read.unread().forEach(unread -> edit.note(SettingWords.leftAlone(unread.kind(), unread.why())));
        for (SettingChange change : edit.settings) {
            HostSetting setting = read.of(change);
            if (change.state() == SettingChange.State.FREE && !setting.works().isEmpty()) {
                edit.note(SettingWords.busy(setting));
            }
            if (change.state() == SettingChange.State.FREE && setting.held()) {
                edit.note(SettingWords.takenOver(change, check.of(setting.text()).holder));
            }
        }
        if (state.order().dryRun()) {
            SettingWords.wouldBeSet(edit.settings, read::of).forEach(edit::note);
        }
    }

    /**
     * What there is to be done about it. Of the silences of a host, those that steps which have ended have left are ended with ours; the others are nobody's
     * business.
     */
    private static Optional<SettingChange> found(HostSetting setting, ClaimCheck check, Instant now) {
        if ((setting.kind().numbered() || setting.kind().leadsOnly()) && setting.held()) {
            return Optional.empty(); // most are so by nobody's doing, and nothing is to be set
        }
        if (!setting.kind().ends() || !setting.held()) {
            return Optional.of(SettingChange.found(setting, check, now));
        }
        // that this step holds the host says nothing of it: another cloud may have a host of the same name and the same
        // Alertmanager
        return ClaimCheck.claim(setting)
                .filter(claim -> claim.same(check.own()) || check.holders().of(claim) == Holders.Holding.ENDED)
                .map(claim -> SettingChange.claimed(setting, now));
    }

    /**
     * The end of a drain after which nothing follows: what would go on to keep people from hearing of the host is ended first. Other
     * settings stay as the cordon does.
     *
     * @param before the state before this tick
     */
    public static DrainState ending(DrainState before, DrainState ended, Instant now) {
        boolean ends = ended.alone()
                && ended.over()
                && before.phase() != Phase.UNSILENCE
                && ended.settings().stream().anyMatch(SettingChange::endsAnyway);
        if (!ends) {
            return ended;
        }
        DrainState.Edit edit = ended.edit();
        edit.phase = Phase.UNSILENCE;
        edit.settings = ended.settings().stream()
                .map(change -> change.endsAnyway() ? change.dueBack(now) : change)
                .toList();
        return edit.done();
    }

    /** After a look at what is being ended; its outcome the drain has already. */
    public static DrainState ended(DrainState state, Observation observed, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.settings = state.settings().stream()
                .map(change -> change.kind().ends()
                        ? change.returning(observed.settings().of(change), now)
                        : change)
                .toList();
        if (edit.settings.stream().anyMatch(change -> change.kind().ends() && change.comingBack())) {
            return edit.done();
        }
        edit.phase = Phase.ENDED;
        return noted(edit);
    }

    private static DrainState noted(DrainState.Edit edit) {
        edit.settings.stream()
                .filter(change -> change.kind().ends() && change.state() == SettingChange.State.NOT_BACK)
                .forEach(change -> edit.note(SettingWords.notBack(change)));
        return edit.done();
    }

    /**
     * The same where the cloud is not read any more.
     *
     * @param why in words
     */
    public static DrainState leftToEnd(DrainState state, String why) {
        boolean leaves = state.alone()
                && (state.over() || state.phase() == Phase.UNSILENCE)
                && state.settings().stream().anyMatch(SettingChange::endsAnyway);
        if (!leaves) {
            return state;
        }
        DrainState.Edit edit = state.edit();
        edit.phase = Phase.ENDED;
        edit.settings =
                state.settings().stream().map(change -> change.leftToEnd(why)).toList();
        return noted(edit);
    }

    private static ClaimCheck check(DrainState state, Holders holders) {
        return new ClaimCheck(state.order().claim(), holders);
    }

    /**
     * That another service evacuates the host at this moment, in words; empty where none does, or that cannot be told. What it does
     * with the host's servers is not to be done twice, and its end is not ours to hasten.
     */
    static Optional<String> evacuated(Observation observed) {
        return observed.settings().settings().stream()
                .flatMap(setting -> SettingWords.evacuated(setting).stream())
                .findFirst();
    }

    /** The drain waits for that with nothing changed, as long as for a service that is busy, and is then refused. */
    static DrainState awaitEvacuation(DrainState state, String words, Instant now) {
        if (Duration.between(state.began(), now).compareTo(SettingChange.BUSY) > 0) {
            return DrainEnding.refuse(
                    state,
                    words + " It did not end in " + Quantity.time(SettingChange.BUSY)
                            + ". Nothing was changed. Look at it (openstack notification show ID, as Masakari's admin) and run this"
                            + " again once it is settled, or say beside: 'none' if nothing of Masakari is at work any more.",
                    now);
        }
        return state.edit().note(waitedFor(words)).done();
    }

    /** The note of it. */
    static String waitedFor(String words) {
        return words + " A drain changes nothing before that is settled, and waits " + Quantity.time(SettingChange.BUSY)
                + " for it.";
    }

    /** Why the drain is refused before anything is changed: a service that is named is not there, or may not be asked. */
    static Optional<String> refusal(DrainState state, Observation observed) {
        return named(state, observed)
                .or(() -> observed.settings().settings().stream()
                        .flatMap(setting -> SettingWords.routersGoDown(setting).stream())
                        .findFirst()
                        .map(why -> "beside: " + why
                                + ". Nothing was changed. Give it another agent first, or leave 'neutron' out of beside"
                                + " (beside: 'none' for nothing at all): then it goes down with the host."));
    }

    private static Optional<String> named(DrainState state, Observation observed) {
        List<HostSetting.Kind> named = state.order().beside();
        if (named == null || named.isEmpty()) {
            return Optional.empty();
        }
        String host = state.order().host();
        SettingsReader.Read read = observed.settings();
        return read.unread().stream()
                .map(unread -> "beside: " + unread.kind().title() + " could not be asked about '" + host + "': "
                        + unread.why() + ". Nothing was changed.")
                .findFirst()
                .or(() -> read.missing().stream()
                        .map(kind -> "beside: "
                                + (kind.ends()
                                        ? "the cloud has no " + kind.title()
                                                + " in its configuration (alertmanagerUrl, under Manage Jenkins » System)"
                                        : "the cloud's catalogue has no " + kind.title() + " (" + kind.type()
                                                + "), or that has no host called exactly '" + host + "'")
                                + ". Nothing was changed. Leave '" + kind.word() + "' out of beside.")
                        .findFirst());
    }

    /** Whether a router may be on its way from one agent to another: neither an abort nor a shutdown leaves it there. */
    public static boolean leadsRouters(DrainState state) {
        return state.phase() == Phase.BESIDE && state.settings().stream().anyMatch(SettingChange::leadsRouters);
    }

    /** Whether something is still to be set before the first server is moved. */
    public static boolean due(DrainState state) {
        return !state.settings().stream().allMatch(SettingChange::settled);
    }

    /** After a look at what is being set. */
    public static DrainState set(DrainState state, Observation observed, Holders holders, Instant now) {
        if (state.rests() && !leadsRouters(state)) {
            return state;
        }
        DrainState.Edit edit = state.edit();
        ClaimCheck check = check(state, holders);
        // the list of the first look may have been short
        Stream<SettingChange> unknown = observed.settings().settings().stream()
                .filter(setting ->
                        setting.fixed() == null && state.settings().stream().noneMatch(change -> change.of(setting)))
                .flatMap(setting -> found(setting, check, now).stream());
        edit.settings = Stream.concat(state.settings().stream(), unknown)
                .map(change -> change.setting(observed.settings().of(change), check, now))
                .toList();
        DrainState next = edit.done();
        Optional<String> stuck = next.settings().stream()
                .filter(change -> change.stuck(now))
                .findFirst()
                .map(SettingWords::stuck);
        if (stuck.isPresent()) {
            return refuse(
                    next,
                    stuck.get()
                            + " Nothing was moved. See why (openstack network agent list --router ID --long), or leave"
                            + " 'neutron' out of beside.",
                    observed,
                    holders,
                    now);
        }
        if (due(next)) {
            return next;
        }
        List<SettingChange> failed = next.settings().stream()
                .filter(change -> change.state() == SettingChange.State.NOT_SET)
                .toList();
        boolean needed = state.order().beside() != null
                || failed.stream()
                        .anyMatch(change -> change.busy()
                                || strands(change, observed)
                                || change.leads().stream()
                                        .anyMatch(one -> one.what().ofRouter()));
        if (!failed.isEmpty() && needed) {
            String why = failed.stream().map(SettingWords::notSet).collect(Collectors.joining(" "));
            String wayOut = failed.stream().anyMatch(SettingChange::busy)
                    ? " Nothing was moved. See what it is at work on and run this again, or say beside: 'none'."
                    : " Nothing was moved. Leave it out of beside to go on without it.";
            return refuse(next, why + wayOut, observed, holders, now);
        }
        DrainState.Edit goesOn = next.edit();
        failed.forEach(change -> goesOn.note(SettingWords.notSet(change)));
        goesOn.phase = Phase.MOVE;
        return goesOn.done();
    }

    /** Whether a router has no other to serve it, which the first look did not show. */
    private static boolean strands(SettingChange change, Observation observed) {
        HostSetting seen = observed.settings().of(change);
        return seen != null && SettingWords.routersGoDown(seen).isPresent();
    }

    /** Refused with something set perhaps: that is put back first, and then the cordon is taken back. */
    private static DrainState refuse(DrainState state, String why, Observation observed, Holders holders, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.settings =
                state.settings().stream().map(change -> change.dueBack(now)).toList();
        DrainState due = edit.done();
        if (!comingBack(due)) {
            return BackingOut.refuse(due, why, observed, holders, now);
        }
        edit.phase = Phase.BACK_OUT;
        // its own change is recorded once the settings are back
        edit.backOut = new BackOut(
                why,
                new ServiceChange(state.cordon().serviceId(), null, ServiceChange.State.FOUND, now, 0, null, null));
        return back(edit.done(), observed, holders, now);
    }

    /** Whether something is still to be put back. */
    public static boolean comingBack(DrainState state) {
        return state.settings().stream().anyMatch(SettingChange::comingBack);
    }

    /** After a look at what is being put back. */
    public static DrainState back(DrainState state, Observation observed, Holders holders, Instant now) {
        DrainState.Edit edit = state.edit();
        edit.settings = state.settings().stream()
                .map(change -> change.returning(observed.settings().of(change), now))
                .toList();
        DrainState next = edit.done();
        if (comingBack(next)) {
            return next;
        }
        next.settings().stream()
                .filter(change -> change.state() == SettingChange.State.NOT_BACK)
                .forEach(change -> edit.note(SettingWords.notBack(change)));
        return BackingOut.refuse(edit.done(), state.backOut().why(), observed, holders, now);
    }
}
