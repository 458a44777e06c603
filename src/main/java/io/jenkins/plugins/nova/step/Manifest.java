package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.nova.drain.ReturningServer;
import io.jenkins.plugins.nova.report.DrainReport;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.ServerRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The servers that left a host: as a pipeline names them, or as earlier steps and builds of the same job wrote them down. */
final class Manifest {

    /** How many builds are looked through: a host that was left alone for longer is asked for with {@code manifest}. */
    private static final int BUILDS = 30;

    /** The steps that empty hosts. */
    private static final Set<String> EMPTYING = Set.of(NodeEvacuateStep.NAME, NodeMaintenanceStep.NAME);

    /** The steps after whose success a host's servers are home, or were to stay where they are. */
    private static final Set<String> RETURNING = Set.of(NodeMaintenanceStep.NAME, NodeReturnStep.NAME);

    private Manifest() {}

    /**
     * What a pipeline gives: the map that a step returned, its list of servers, or ids; also as read from JSON.
     *
     * @param value null for none
     * @throws AbortException when it is none of these
     */
    static List<ReturningServer> read(String parameter, Object value) throws AbortException {
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

    /**
     * The servers that left a host in earlier steps of this build and in earlier builds of its job, back to the one that
     * brought the host back. The newest word on a server counts.
     *
     * @param run the build; nothing of it but what is written down on its page is read
     * @param own the report of the step that asks, which is left out
     */
    static List<ReturningServer> ofEarlierBuilds(Run<?, ?> run, String own, String cloud, String host) {
        Map<String, ReturningServer> left = new LinkedHashMap<>();
        Run<?, ?> build = run;
        for (int i = 0; build != null && i < BUILDS; i++) {
            HostMaintenanceAction action = build.getAction(HostMaintenanceAction.class);
            List<DrainReport> reports = action == null ? List.of() : action.getDrains();
            for (int at = reports.size() - 1; at >= 0; at--) {
                DrainReport report = reports.get(at);
                if (report.id().equals(own) || !cloud.equals(report.cloud()) || !host.equals(report.host())) {
                    continue;
                }
                if (RETURNING.contains(report.step()) && "DONE".equals(report.outcome())) {
                    return List.copyOf(left.values());
                }
                if (EMPTYING.contains(report.step())) {
                    report.servers().stream()
                            .filter(row -> ReturningServer.left(row.outcome(), row.to()))
                            .map(Manifest::homecomer)
                            .forEach(server -> left.putIfAbsent(server.id(), server));
                }
            }
            build = build.getPreviousBuild();
        }
        return List.copyOf(left.values());
    }

    private static ReturningServer homecomer(ServerRow row) {
        return new ReturningServer(row.id(), row.name(), row.to());
    }
}
