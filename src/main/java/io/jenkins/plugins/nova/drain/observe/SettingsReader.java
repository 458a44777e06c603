package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.beside.ClaimCheck;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads what of a host stands beside Nova. Whatever becomes of it, Nova's own part of a maintenance goes on. */
public final class SettingsReader {

    private static final int NOT_FOUND = 404;

    private SettingsReader() {}

    /**
     * What was read.
     *
     * @param settings what the services showed
     * @param unread why one did not, a sentence each; a service that the cloud does not have is none
     * @param missing those that the cloud does not have, or that know nothing of the host
     * @param unowned held ones of which nobody can tell whether a step of this plugin has set them; only of {@link #claimed}
     */
    public record Read(
            List<HostSetting> settings,
            List<Unread> unread,
            List<HostSetting.Kind> missing,
            List<HostSetting> unowned) {

        /** Nothing was to be read. */
        public static final Read NOTHING = new Read(List.of(), List.of(), List.of(), List.of());

        /** What was read of this one; null where it is not there. */
        public HostSetting of(SettingChange change) {
            return first(settings, change);
        }
    }

    /**
     * A service that did not show what it has.
     *
     * @param kind which
     * @param why in words
     */
    public record Unread(HostSetting.Kind kind, String why) {}

    /**
     * All that the services have about a host.
     *
     * @param wanted which services; null for all
     */
    static Read all(Nova nova, String host, List<HostSetting.Kind> wanted) {
        return of(nova, host, wanted == null ? List.of(HostSetting.Kind.values()) : wanted, List.of(), id -> true);
    }

    /** What these changes are about; of what is settled, and of what is being put back, no more than that needs. */
    public static Read of(Nova nova, String host, List<SettingChange> changes, boolean comingBack) {
        Set<HostSetting.Kind> kinds = new LinkedHashSet<>();
        changes.stream()
                .filter(change -> comingBack ? change.comingBack() : !change.settled())
                .forEach(change -> kinds.add(change.kind()));
        Set<String> known = changes.stream()
                .filter(change -> comingBack
                        ? change.comingBack() && change.kind().numbered()
                        : change.settled() && change.state() != SettingChange.State.NOT_SET)
                .map(SettingChange::id)
                .collect(Collectors.toSet());
        return of(nova, host, List.copyOf(kinds), changes, id -> known.contains(id) == comingBack);
    }

    /**
     * What carries a claim of this plugin's whose holder is not at work, so that it may be put back by a step that knows nothing else
     * of it. Where a record has no room for a claim, that of the host's cordon says which step is to be asked.
     *
     * @param disabledReason of the host's compute service; null for none
     */
    public static Read claimed(Nova nova, String host, String disabledReason, Holders holders) {
        // of the others nothing can be told without what was set
        List<HostSetting.Kind> kinds = Arrays.stream(HostSetting.Kind.values())
                .filter(kind -> !kind.numbered() && !kind.leadsOnly())
                .toList();
        Read all = of(nova, host, kinds, List.of(), id -> false);
        List<HostSetting> settings = new ArrayList<>();
        List<Unread> unread = new ArrayList<>(all.unread());
        List<HostSetting> unowned = new ArrayList<>();
        for (HostSetting setting : all.settings()) {
            if (!setting.kind().keepsClaim()) {
                boolean left = Claim.parse(disabledReason)
                        .flatMap(cordon -> holders.wrote(cordon, setting.kind().word(), setting.id()))
                        .filter(written -> SettingChange.together(written, setting.changed()))
                        .isPresent();
                if (setting.held()) {
                    (left ? settings : unowned).add(setting);
                }
                continue;
            }
            Claim claim = ClaimCheck.claim(setting).orElse(null);
            Holders.Holding holding = claim == null ? null : holders.of(claim);
            if (holding == Holders.Holding.RUNNING) {
                unread.add(new Unread(
                        setting.kind(),
                        "its " + setting.name() + " is held by " + holders.words(claim) + ", which is running"));
            } else if (holding == Holders.Holding.ENDED
                    || claim != null && !setting.kind().ends()) {
                // a silence of a holder of which nothing is known may be of another cloud
                settings.add(setting);
            }
        }
        return new Read(settings, unread, all.missing(), unowned);
    }

    private static HostSetting first(List<HostSetting> settings, SettingChange change) {
        return settings.stream().filter(change::of).findFirst().orElse(null);
    }

    /** Each service is asked once for all its kinds. */
    private static Read of(
            Nova nova,
            String host,
            List<HostSetting.Kind> kinds,
            List<SettingChange> changes,
            Predicate<String> wholly) {
        List<HostSetting> settings = new ArrayList<>();
        List<Unread> unread = new ArrayList<>();
        List<HostSetting.Kind> missing = new ArrayList<>();
        Map<String, HostSetting.Kind> services = new LinkedHashMap<>();
        kinds.forEach(kind -> services.putIfAbsent(kind.word(), kind));
        for (HostSetting.Kind kind : services.values()) {
            try {
                Listed<HostSetting> found = twice(nova, kind, host, changes, wholly);
                // a list may have a row twice
                found.stream()
                        .filter(row -> kinds.contains(row.kind()))
                        .distinct()
                        .forEach(settings::add);
                found.setAside().stream()
                        .filter(row -> found.isEmpty() || row.host().startsWith(host))
                        .findFirst()
                        .ifPresent(row -> unread.add(new Unread(kind, row.words())));
                if (found.isEmpty() && found.setAside().isEmpty()) {
                    missing.add(kind);
                }
            } catch (NovaException.Missing e) {
                missing.add(kind);
            } catch (NovaException e) {
                unread.add(new Unread(kind, e.getMessage()));
            }
        }
        return new Read(settings, unread, missing, List.of());
    }

    /**
     * A host that one list lacks, what would have one of the changes given up, or a service that once does not answer, is asked for once
     * more: much follows from it.
     */
    private static Listed<HostSetting> twice(
            Nova nova, HostSetting.Kind kind, String host, List<SettingChange> changes, Predicate<String> wholly) {
        try {
            Listed<HostSetting> found = nova.hostSettings(kind, host, wholly);
            boolean doubtful = changes.stream().anyMatch(change -> {
                HostSetting setting = first(found, change);
                return setting != null && change.doubts(setting);
            });
            return found.isEmpty() || doubtful ? nova.hostSettings(kind, host, wholly) : found;
        } catch (NovaException.Missing e) {
            throw e;
        } catch (NovaException e) {
            boolean definite = e instanceof NovaException.Refused refused
                    && refused.status() < 500
                    && refused.status() != NOT_FOUND
                    && !refused.throttled();
            if (definite) {
                throw e;
            }
            return nova.hostSettings(kind, host, wholly);
        }
    }
}
