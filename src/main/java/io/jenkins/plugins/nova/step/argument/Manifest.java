package io.jenkins.plugins.nova.step.argument;

import hudson.AbortException;
import io.jenkins.plugins.nova.drain.ReturningServer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The servers that left a host, as a pipeline names them. */
public final class Manifest {

    private Manifest() {}

    /**
     * What a pipeline gives: the map that a step returned, its list of servers, or ids; also as read from JSON.
     *
     * @param value null for none
     * @throws AbortException when it is none of these
     */
    public static List<ReturningServer> read(String parameter, Object value) throws AbortException {
        Object given = Plain.of(value);
        Object list = given instanceof Map<?, ?> map ? map.get("servers") : given;
        if (list == null || String.valueOf(list).isBlank()) {
            if (given instanceof Map) {
                throw bad(parameter, given);
            }
            return List.of();
        }
        Collection<?> entries = list instanceof Collection<?> many ? many : List.of(list);
        List<ReturningServer> left = new ArrayList<>();
        for (Object entry : entries) {
            if (entry instanceof Map<?, ?> server && server.get("id") != null) {
                String to = server.get("to") == null ? null : String.valueOf(server.get("to"));
                boolean told = server.get("outcome") != null;
                if (!Arguments.isUuid(String.valueOf(server.get("id")))) {
                    throw bad(parameter, server.get("id"));
                }
                if (!told || ReturningServer.left(String.valueOf(server.get("outcome")), to)) {
                    String name = server.get("name") == null ? "" : String.valueOf(server.get("name"));
                    left.add(new ReturningServer(String.valueOf(server.get("id")), name, to));
                }
            } else if (entry instanceof CharSequence id
                    && Arguments.isUuid(id.toString().strip())) {
                left.add(new ReturningServer(id.toString().strip(), "", null));
            } else {
                throw bad(parameter, entry);
            }
        }
        return left;
    }

    private static AbortException bad(String parameter, Object value) {
        return new AbortException(
                parameter + ": '" + value + "' will not do; give what nodeEvacuate or nodeMaintenance"
                        + " returned, its list of servers, or a list of ids; names are their owners' choice and do not count here.");
    }
}
