package io.jenkins.plugins.nova.api;

import java.util.List;

/**
 * A server group.
 *
 * @param id uuid
 * @param name its name
 * @param policy affinity, anti-affinity, soft-affinity or soft-anti-affinity
 * @param members ids of servers
 * @param projectId its project; may be null
 */
public record ServerGroup(String id, String name, String policy, List<String> members, String projectId) {
    public ServerGroup {
        members = List.copyOf(members);
    }
}
