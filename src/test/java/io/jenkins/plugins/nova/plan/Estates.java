package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Microversion;
import io.jenkins.plugins.nova.api.ServerGroup;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Clouds for tests of the plan. */
public final class Estates {

    private Estates() {}

    /** With these hosts' compute services up and enabled. */
    public static Estate up(String... hosts) {
        return Estate.UNKNOWN.services(
                Arrays.stream(hosts).map(host -> service(host, true, true)).toList());
    }

    /** With one host, whose compute service is down. */
    public static Estate down(String host) {
        return Estate.UNKNOWN.services(List.of(service(host, true, false)));
    }

    public static ComputeService service(String host, boolean enabled, boolean up) {
        return new ComputeService("id-" + host, host, "nova", enabled, up, false, enabled ? null : "why", null);
    }

    public static ComputeService in(String host, String zone) {
        return new ComputeService("id-" + host, host, zone, true, true, false, null, null);
    }

    /** At microversion 2.{@code minor}, with compute1 and compute2 up. */
    public static Estate at(int minor) {
        return up("compute1", "compute2").newest(Microversion.of(minor));
    }

    public static Hypervisor hypervisor(String host, String type, long version, String cpu) {
        return new Hypervisor(
                "id-" + host, host, host, type, version, true, true, null, null, null, null, null, null, cpu);
    }

    /** A group of servers that are on these hosts, by name. */
    public static Estate group(Estate estate, String policy, int most, Map<String, String> members) {
        Map<String, String> whereabouts = new HashMap<>();
        members.forEach((name, host) -> whereabouts.put("id-" + name, host));
        ServerGroup group = new ServerGroup(
                "g", "web", policy, whereabouts.keySet().stream().sorted().toList(), null, most);
        return estate.groups(List.of(group), whereabouts);
    }
}
