package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.ComputeService;
import java.util.Arrays;
import java.util.List;

/** Clouds for tests of the plan. */
final class Estates {

    private Estates() {}

    /** With these hosts' compute services up and enabled. */
    static Estate up(String... hosts) {
        return Estate.UNKNOWN.services(
                Arrays.stream(hosts).map(host -> service(host, true, true)).toList());
    }

    /** With one host, whose compute service is down. */
    static Estate down(String host) {
        return Estate.UNKNOWN.services(List.of(service(host, true, false)));
    }

    static ComputeService service(String host, boolean enabled, boolean up) {
        return new ComputeService("id-" + host, host, "nova", enabled, up, false, enabled ? null : "why", null);
    }
}
