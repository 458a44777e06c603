package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.ServerGroup;
import java.util.List;

/** Server groups, by what their policy asks of Nova's scheduler. */
final class Groups {

    private Groups() {}

    /** Ids of the groups whose members must not, or had better not, be on one host, of which a server is a member. */
    static List<String> antiAffinity(Estate estate, String serverId) {
        return estate.groupsOf(serverId).stream()
                .filter(Groups::apart)
                .map(ServerGroup::id)
                .toList();
    }

    private static boolean apart(ServerGroup group) {
        return "anti-affinity".equals(group.policy()) || "soft-anti-affinity".equals(group.policy());
    }
}
