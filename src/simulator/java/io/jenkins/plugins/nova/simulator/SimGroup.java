package io.jenkins.plugins.nova.simulator;

import java.util.ArrayList;
import java.util.List;

/** A server group. */
final class SimGroup {
    final String id;
    final String name;
    final String policy;
    /** Of the policy anti-affinity: how many members one host may have (2.64, max_server_per_host). */
    final int perHost;

    final String projectId;
    final String userId;
    final List<SimServer> members = new ArrayList<>();

    SimGroup(String name, String policy, SimUser owner) {
        this(World.uuid("group " + name), name, policy, 1, owner);
    }

    SimGroup(String id, String name, String policy, int perHost, SimUser owner) {
        this.id = id;
        this.name = name;
        this.policy = policy;
        this.perHost = perHost;
        this.projectId = owner.projectId();
        this.userId = owner.id();
    }
}
