package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openstack4j.core.transport.HttpMethod;

/**
 * Masakari's hosts, and its notifications about them. It has microversions and needs none of them for this: from 1.1 on some answers
 * wait for its engine; policies os_masakari_api:segments:index, os_masakari_api:os-hosts:index, os_masakari_api:os-hosts:update and
 * os_masakari_api:notifications:index, an admin's by default.
 */
final class InstanceHa {

    private static final String NOTIFICATIONS = "/notifications";
    private static final String SEGMENTS = "/segments";
    private static final String VERSION = "/v1";
    private static final int CONFLICT = 409;

    /**
     * A notification of one of these about any host of a segment keeps all its hosts from being changed
     * (is_failover_segment_under_recovery of masakari/ha/api.py). One that reads error is tried once more within two minutes, and
     * reads failed after that (_process_unfinished_notifications of masakari/engine/manager.py).
     */
    private static final List<String> UNSETTLED = List.of("new", "running", "error");

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
        // first: between the value that is read and the one that is set there is to be nothing
        List<Notified> notified = segments.isEmpty() ? List.of() : unsettled();
        List<HostSetting> found = new ArrayList<>();
        List<OddRow> aside = new ArrayList<>(segments.setAside());
        for (Segment segment : segments) {
            Listed<Member> all = members(segment);
            all.stream()
                    .filter(member -> member.name().equals(host))
                    .forEach(member -> found.add(member.setting().during(works(notified, all, member.id()))));
            aside.addAll(all.setAside());
        }
        return new Listed<>(found, aside);
    }

    private record Segment(String id, String name) {}

    private record Member(String id, String name, HostSetting setting) {}

    private record Notified(String status, Fields row) {}

    private Listed<Member> members(Segment segment) {
        String path = SEGMENTS + "/" + Service.segment(segment.id()) + "/hosts";
        return Rows.read(
                OddRow.Kind.SEGMENT_HOST,
                service.read(Service.Request.get(
                                "list the hosts of Masakari's segment " + segment.name(), path, Map.of(), null))
                        .items("hosts"),
                row -> new Member(row.exact("uuid"), row.exact("name"), setting(segment, row)));
    }

    /**
     * What Masakari has to do. It explains and no more, but for an evacuation, which a host that Masakari has set on maintenance itself tells
     * by nothing else: so it is asked once more where there is nothing. Where it may not be listed or cannot be read, Masakari's own answer
     * tells that it is busy.
     */
    private List<Notified> unsettled() {
        List<Notified> first = unsettledNow();
        return first.isEmpty() ? unsettledNow() : first;
    }

    private List<Notified> unsettledNow() {
        try {
            List<Notified> all = new ArrayList<>();
            for (String status : UNSETTLED) {
                service
                        .read(Service.Request.get(
                                "list Masakari's " + status + " notifications",
                                NOTIFICATIONS,
                                Map.of("status", status),
                                null))
                        .items("notifications")
                        .stream()
                        .filter(JsonNode::isObject)
                        .forEach(row -> all.add(new Notified(status, Fields.row(row))));
            }
            return all;
        } catch (NovaException e) {
            return List.of();
        }
    }

    /**
     * What of that is about the hosts of a segment.
     *
     * @param member the id of the host that is asked about
     */
    private static List<HostSetting.Work> works(List<Notified> notified, List<Member> segment, String member) {
        return notified.stream()
                .flatMap(one -> work(segment, member, one).stream())
                .toList();
    }

    private static Optional<HostSetting.Work> work(List<Member> segment, String member, Notified notified) {
        Fields row = notified.row();
        String source = row.textOrEmpty("source_host_uuid");
        String type = row.textOrEmpty("type");
        Instant generated = row.timeOrNull("generated_time");
        return segment.stream()
                .filter(one -> one.id().equals(source))
                .findFirst()
                .map(one -> new HostSetting.Work(
                        "notification " + row.textOrEmpty("notification_uuid") + " (" + type + ", " + notified.status()
                                + ", about " + one.name() + (generated == null ? ")" : ", of " + generated + ")"),
                        source.equals(member)
                                && type.equals("COMPUTE_HOST")
                                && failed(row.node().path("payload"))));
    }

    /**
     * Whether a notification about a host has it evacuated: the engine does nothing about a host that has started, and ignores what is
     * not certain (_handle_notification_type_host of masakari/engine/manager.py).
     */
    private static boolean failed(JsonNode payload) {
        return payload.path("event").asText("STOPPED").equalsIgnoreCase("STOPPED")
                && payload.path("host_status").asText("NORMAL").equalsIgnoreCase("NORMAL");
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
        Fields answer;
        try {
            answer = service.sendAndRead(request);
        } catch (NovaException.Refused refused) {
            throw refused.status() == CONFLICT ? busy(request, refused, ids) : refused;
        }
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

    /** The same with what it is busy with, where that can be told. */
    private NovaException.Refused busy(Service.Request request, NovaException.Refused refused, String[] ids) {
        try {
            List<HostSetting.Work> works = works(unsettled(), members(new Segment(ids[0], ids[0])), ids[1]);
            return works.isEmpty()
                    ? refused
                    : new NovaException.Refused(
                            request.call(),
                            refused.status(),
                            refused.novaMessage() + " Unsettled: " + HostSetting.Work.named(works),
                            refused.requestId(),
                            refused.retryAfter());
        } catch (NovaException e) {
            return refused;
        }
    }
}
