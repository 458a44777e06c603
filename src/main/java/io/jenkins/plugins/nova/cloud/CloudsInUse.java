package io.jenkins.plugins.nova.cloud;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * Tells administrators that a cloud was removed or renamed which running builds are at work on: they wait for it, and how long
 * is not theirs to say. Knows of removals since the controller came up; the builds themselves say it on their consoles anyway.
 */
@Extension
public final class CloudsInUse extends AdministrativeMonitor {

    private final Map<String, CloudUse> uses = new ConcurrentSkipListMap<>();

    static CloudsInUse get() {
        return ExtensionList.lookupSingleton(CloudsInUse.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.CloudsInUse_DisplayName();
    }

    /** Clouds of these names are not configured any more. Returns at once; what is found shows when it is. */
    void removed(Set<String> names) {
        for (CloudUsers users : ExtensionList.lookup(CloudUsers.class)) {
            users.find(use -> {
                if (names.contains(use.getCloud())) {
                    uses.put(use.key(), use);
                }
            });
        }
    }

    /** The steps of builds that go on without their cloud, for the message. */
    public List<CloudUse> getUses() {
        uses.values().removeIf(use -> !use.getRun().isBuilding());
        Set<String> configured =
                NovaClouds.get().getClouds().stream().map(NovaCloud::getName).collect(Collectors.toSet());
        return uses.values().stream()
                .filter(use -> !configured.contains(use.getCloud()))
                .toList();
    }

    @Override
    public boolean isActivated() {
        return !getUses().isEmpty();
    }
}
