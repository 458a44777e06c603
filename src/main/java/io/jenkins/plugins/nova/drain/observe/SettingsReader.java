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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
    public record Unread(HostSetting.Kind kind, String why) {

        /** Whether the other says the same of the same service. */
        private boolean saysAs(Unread other) {
            return kind.word().equals(other.kind.word()) && why.equals(other.why);
        }
    }

    /**
     * All that the services have about a host.
     *
     * @param wanted which services; null for all
     */
    static Read all(Nova nova, String host, List<HostSetting.Kind> wanted) {
        return of(nova, host, wanted == null ? List.of(HostSetting.Kind.values()) : wanted, List.of());
    }

    /** What these changes are about. */
    public static Read of(Nova nova, String host, List<SettingChange> changes, boolean comingBack) {
        Set<HostSetting.Kind> kinds = new LinkedHashSet<>();
        changes.stream()
                .filter(change -> comingBack ? change.comingBack() : !change.settled())
                .forEach(change -> kinds.add(change.kind()));
        return of(nova, host, List.copyOf(kinds), changes);
    }

    /**
     * What carries a claim of this plugin's whose holder is not at work, so that it may be put back by a step that knows nothing else
     * of it. Where a record has no room for a claim, that of the host's cordon says which step is to be asked.
     *
     * @param disabledReason of the host's compute service; null for none
     */
    public static Read claimed(Nova nova, String host, String disabledReason, Holders holders) {
        // of a number that somebody else may have set as well, nothing can be told without what was set
        List<HostSetting.Kind> kinds = Arrays.stream(HostSetting.Kind.values())
                .filter(kind -> !kind.numbered())
                .toList();
        Read all = of(nova, host, kinds, List.of());
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

    private static Read of(Nova nova, String host, List<HostSetting.Kind> kinds, List<SettingChange> changes) {
        List<HostSetting> settings = new ArrayList<>();
        List<Unread> unread = new ArrayList<>();
        List<HostSetting.Kind> missing = new ArrayList<>();
        Set<String> refusing = new HashSet<>();
        for (HostSetting.Kind kind : kinds) {
            if (refusing.contains(kind.word())) {
                continue; // the same service, and told once
            }
            try {
                Listed<HostSetting> found = twice(nova, kind, host, changes);
                // a list may have a row twice
                found.stream().distinct().forEach(settings::add);
                found.setAside().stream()
                        .filter(row -> found.isEmpty() || row.host().startsWith(host))
                        .findFirst()
                        .map(row -> new Unread(kind, row.words()))
                        .filter(one -> unread.stream().noneMatch(one::saysAs))
                        .ifPresent(unread::add);
                if (found.isEmpty() && found.setAside().isEmpty()) {
                    missing.add(kind);
                }
            } catch (NovaException.Missing e) {
                missing.add(kind);
            } catch (NovaException e) {
                unread.add(new Unread(kind, e.getMessage()));
                refusing.add(kind.word());
            }
        }
        return new Read(settings, unread, missing, List.of());
    }

    /**
     * A host that one list lacks, what would have one of the changes given up, or a service that once does not answer, is asked for once
     * more: much follows from it.
     */
    private static Listed<HostSetting> twice(
            Nova nova, HostSetting.Kind kind, String host, List<SettingChange> changes) {
        try {
            Listed<HostSetting> found = nova.hostSettings(kind, host);
            boolean doubtful = changes.stream().anyMatch(change -> {
                HostSetting setting = first(found, change);
                return setting != null && change.doubts(setting);
            });
            return found.isEmpty() || doubtful ? nova.hostSettings(kind, host) : found;
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
            return nova.hostSettings(kind, host);
        }
    }
}
