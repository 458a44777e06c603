package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.room.RoomFigures;
import java.util.List;

/**
 * A whole cloud as it was read, once, for a roll. The order of its lists says nothing.
 *
 * @param estate services, hypervisors, aggregates, groups and where all their members are
 * @param servers every server of every project that is on a host, and any others
 * @param figures what is free on each host now
 */
public record RollCloud(Estate estate, List<Server> servers, RoomFigures figures) {
    public RollCloud {
        servers = List.copyOf(servers);
    }
}
