package io.jenkins.plugins.nova.fire;

import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.Faults;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests that are alike.
 *
 * @param method of HTTP
 * @param path regular expression
 * @param action of a POST …/action; null for others
 * @param service identity, compute, …
 */
record RequestKind(String method, String path, String action, String service) {

    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    /** The kinds of the requests of a run, in the order of their first, with how many there were. */
    static Map<RequestKind, Integer> of(List<AuditEntry> entries) {
        Map<RequestKind, Integer> kinds = new LinkedHashMap<>();
        entries.forEach(entry -> kinds.merge(of(entry), 1, Integer::sum));
        return kinds;
    }

    static RequestKind of(AuditEntry entry) {
        String path = entry.path()
                .replaceAll("req-" + ID, "REQUEST")
                .replaceAll(ID, "SERVER")
                .replaceAll("/\\d+", "/NUMBER");
        String regexp = "^" + path + "$";
        return new RequestKind(
                entry.method(),
                regexp.replace("REQUEST", "req-" + ID).replace("SERVER", ID).replace("/NUMBER", "/\\d+"),
                entry.action(),
                entry.service());
    }

    boolean fits(AuditEntry entry) {
        return entry.method().equals(method)
                && entry.service().equals(service)
                && entry.path().matches(path)
                && (action == null || action.equals(entry.action()));
    }

    boolean changes() {
        return service.equals("compute") && !method.equals("GET");
    }

    Faults.Rule nth(SimulatedCloud cloud, int n) {
        Faults.Rule rule = cloud.faults().on(method, path).nth(n);
        return action == null ? rule : rule.action(action);
    }

    @Override
    public String toString() {
        String readable = path.replace("req-" + ID, "{request}")
                .replace(ID, "{id}")
                .replace("\\d+", "{number}")
                .replaceAll("[\\^$]", "");
        return service + " " + method + " " + readable + (action == null ? "" : " " + action);
    }
}
