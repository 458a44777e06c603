package io.jenkins.plugins.nova.api;

import java.util.List;

/**
 * A server group.
 *
 * @param id uuid
 * @param name its name; empty when not told
 * @param policy affinity, anti-affinity, soft-affinity or soft-anti-affinity; empty when not told
 * @param members ids of servers
 * @param projectId its project; may be null
 * @param maxServersPerHost of the policy anti-affinity: how many members one host may have (2.64, rules
 *     max_server_per_host); 1 when not told
 */
public record ServerGroup(
        String id, String name, String policy, List<String> members, String projectId, int maxServersPerHost) {
    public ServerGroup {
        members = List.copyOf(members);
    }
}
