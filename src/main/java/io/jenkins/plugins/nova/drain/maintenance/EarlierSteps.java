package io.jenkins.plugins.nova.drain.maintenance;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.ReturningServer;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import java.util.List;
import java.util.stream.Stream;

/**
 * What earlier steps and builds have done to a host and not undone.
 *
 * @param servers those that left it
 * @param settings what was set beside Nova
 */
public record EarlierSteps(List<ReturningServer> servers, List<SettingChange> settings) {

    /** Nothing is known. */
    public static final EarlierSteps NONE = new EarlierSteps(List.of(), List.of());

    /**
     * What a drain has set, with what these had set before it and it found so. A number that they had set does not show in what it found,
     * for it found nothing to do about that.
     */
    List<SettingChange> goneOnWith(DrainState drain) {
        List<HostSetting.Kind> chosen = drain.order().beside();
        return Stream.concat(
                        drain.settings().stream().map(change -> change.adopted(settings)),
                        settings.stream()
                                .filter(earlier -> earlier.kind().numbered())
                                .filter(earlier -> chosen == null || chosen.contains(earlier.kind()))
                                .filter(earlier -> drain.settings().stream()
                                        .noneMatch(change -> change.kind() == earlier.kind()
                                                && change.id().equals(earlier.id()))))
                .toList();
    }
}
