package io.jenkins.plugins.nova.drain.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evidence as a step returns it: plain maps, lists, strings, numbers and booleans. */
public final class EvidenceMap {

    private EvidenceMap() {}

    /**
     * {@code summary, faults, guest, ranBefore, host, ports (id, mac, state, addresses), volumes, secondsSinceMove, console};
     * what is not known is null, the console then empty.
     */
    public static Map<String, Object> of(Evidence evidence) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("summary", evidence.words());
        map.put("faults", new ArrayList<>(evidence.faults()));
        map.put("guest", evidence.guest());
        map.put("ranBefore", evidence.ranBefore());
        map.put("host", evidence.host());
        List<Map<String, Object>> ports = new ArrayList<>();
        evidence.ports().forEach(port -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("id", port.id());
            one.put("mac", port.macAddress());
            one.put("state", port.state());
            one.put("addresses", new ArrayList<>(port.addresses()));
            ports.add(one);
        });
        map.put("ports", ports);
        map.put("volumes", new ArrayList<>(evidence.volumes()));
        map.put("secondsSinceMove", evidence.secondsSinceMove() < 0 ? null : evidence.secondsSinceMove());
        map.put("console", evidence.console());
        return map;
    }
}
