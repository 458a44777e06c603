package io.jenkins.plugins.nova.simulator;

import java.util.ArrayList;
import java.util.List;

/** A server group. */
final class SimGroup {
    final String id;
    final String name;
    final String policy;
    final String projectId;
    final String userId;
    final List<SimServer> members = new ArrayList<>();

    SimGroup(String name, String policy, SimUser owner) {
        this.id = World.uuid("group " + name);
        this.name = name;
        this.policy = policy;
        this.projectId = owner.projectId();
        this.userId = owner.id();
    }
}
