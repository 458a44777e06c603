package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openstack4j.core.transport.HttpMethod;

/**
 * Masakari's hosts. It has microversions and needs none of them for this: from 1.1 on some answers wait for its engine; policies
 * os_masakari_api:segments:index, os_masakari_api:os-hosts:index and os_masakari_api:os-hosts:update, an admin's by default.
 */
final class InstanceHa {

    private static final String SEGMENTS = "/segments";
    private static final String VERSION = "/v1";

    private final Service service;

    InstanceHa(Session session) {
        this.service = new Service(session, HostSetting.Kind.INSTANCE_HA.types(), InstanceHa::calls);
    }

    /**
     * Where calls go: what the catalogue says, with the version where it says none, and without a project's id, which DevStack puts
     * behind it. Masakari takes both; the paths of access rules are those without.
     */
    static String calls(String url) {
        return url.replaceFirst("/v1(/.*)?$", "") + VERSION;
    }

    /**
     * A host is in one segment at most (a unique constraint of hosts' names), but in which is not told without asking each; and a
     * {@code name} in the query is ignored (masakari/db/sqlalchemy/api.py, host_get_all_by_filters).
     */
    Listed<HostSetting> of(String host) {
        Listed<Segment> segments = Rows.read(
                OddRow.Kind.SEGMENT,
                service.read(Service.Request.get("list Masakari's segments", SEGMENTS, Map.of(), null))
                        .items("segments"),
                row -> new Segment(row.exact("uuid"), row.textOrEmpty("name")));
        List<HostSetting> found = new ArrayList<>();
        List<OddRow> aside = new ArrayList<>(segments.setAside());
        for (Segment segment : segments) {
            Listed<HostSetting> hosts = hosts(segment, host);
            found.addAll(hosts);
            aside.addAll(hosts.setAside());
        }
        return new Listed<>(found, aside);
    }

    private record Segment(String id, String name) {}

    private record Member(String name, HostSetting setting) {}

    private Listed<HostSetting> hosts(Segment segment, String host) {
        String path = SEGMENTS + "/" + Service.segment(segment.id()) + "/hosts";
        Listed<Member> all = Rows.read(
                OddRow.Kind.SEGMENT_HOST,
                service.read(Service.Request.get(
                                "list the hosts of Masakari's segment " + segment.name(), path, Map.of(), null))
                        .items("hosts"),
                row -> new Member(row.exact("name"), setting(segment, row)));
        return new Listed<>(
                all.stream()
                        .filter(member -> member.name().equals(host))
                        .map(Member::setting)
                        .toList(),
                all.setAside());
    }

    private static HostSetting setting(Segment segment, Fields row) {
        return new HostSetting(
                HostSetting.Kind.INSTANCE_HA,
                segment.id() + "/" + row.exact("uuid"),
                "host " + row.exact("name") + " of segment " + segment.name(),
                held(row),
                row.timeOrNull("updated_at"),
                null);
    }

    /** A row that does not tell it tells nothing: not that the host is free. */
    private static boolean held(Fields row) {
        if (!row.node().path("on_maintenance").isBoolean()) {
            throw row.odd("on_maintenance", "a truth value");
        }
        return row.flag("on_maintenance");
    }

    /** @return as the answer shows it; null when it does not */
    HostSetting set(HostSetting wanted) {
        String[] ids = wanted.id().split("/", 2);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("host").put("on_maintenance", wanted.held());
        Service.Request request = new Service.Request(
                "set on_maintenance of Masakari's " + wanted.name() + " to " + wanted.held(),
                HttpMethod.PUT,
                SEGMENTS + "/" + Service.segment(ids[0]) + "/hosts/" + Service.segment(ids[1]),
                Map.of(),
                body.toString(),
                null);
        Fields answer = service.sendAndRead(request);
        Fields row = answer == null ? null : answer.objectOrNull("host");
        boolean told = row != null && row.node().path("on_maintenance").isBoolean();
        return !told || !ids[1].equals(row.exactIfAny("uuid"))
                ? null
                : new HostSetting(
                        wanted.kind(),
                        wanted.id(),
                        wanted.name(),
                        row.flag("on_maintenance"),
                        row.timeOrNull("updated_at"),
                        null);
    }
}
