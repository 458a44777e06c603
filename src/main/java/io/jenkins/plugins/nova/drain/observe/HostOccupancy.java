package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import java.util.List;

/**
 * What a second witness says of who is on a host. Nova's list of a host's servers may be short of rows and still be a 200:
 * a filter makes it leave out a cell that does not answer (nova/compute/multi_cell_list.py). So before a host is said to be
 * empty somebody else is heard, see {@link OccupancyReader}.
 *
 * @param heard whether this look asked at all
 * @param missing servers that are on the host, and that Nova's list of its servers left out
 * @param waiting migrations off the host that wait for confirm or revert, and that Nova's list of its migrations left out
 * @param doubts what could not be made sure of, a sentence each; empty when all is proven
 * @param remarks what is odd and hinders nothing, a sentence each
 */
public record HostOccupancy(
        boolean heard, List<Server> missing, List<Migration> waiting, List<String> doubts, List<String> remarks) {

    /** Nobody was asked. */
    public static final HostOccupancy NOT_ASKED = new HostOccupancy(false, List.of(), List.of(), List.of(), List.of());

    public HostOccupancy {
        missing = List.copyOf(missing);
        waiting = List.copyOf(waiting);
        doubts = List.copyOf(doubts);
        remarks = List.copyOf(remarks);
    }

    /** Whether Nova's lists were asked about, and found to be whole. */
    boolean proven() {
        return heard && missing.isEmpty() && waiting.isEmpty() && doubts.isEmpty();
    }
}
