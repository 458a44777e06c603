package io.jenkins.plugins.nova.drain.maintenance;

import io.jenkins.plugins.nova.drain.ReturningServer;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import java.util.List;

/**
 * What earlier steps and builds have done to a host and not undone.
 *
 * @param servers those that left it
 * @param settings what was set beside Nova
 */
public record EarlierSteps(List<ReturningServer> servers, List<SettingChange> settings) {

    /** Nothing is known. */
    public static final EarlierSteps NONE = new EarlierSteps(List.of(), List.of());
}
