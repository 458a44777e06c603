package io.jenkins.plugins.nova.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A failover segment of Masakari's with its hosts. */
final class SimSegment {

    /** A host of a segment. */
    static final class Member {
        final String id;
        boolean onMaintenance;
        /** Null until it is written a second time. */
        Instant updated;

        private Member(String id) {
            this.id = id;
        }
    }

    /** What a monitor has told about a host. */
    static final class Notification {
        final String id;
        final String host;
        final String type;
        final Map<String, String> payload;
        final Instant generated;
        String status;

        private Notification(String id, String host, String type, Map<String, String> payload, Instant generated) {
            this.id = id;
            this.host = host;
            this.type = type;
            this.payload = payload;
            this.generated = generated;
        }

        /** Whether it keeps the hosts of its segment from being changed. */
        boolean unsettled() {
            return status.equals("new") || status.equals("running") || status.equals("error");
        }
    }

    final String id;
    final String name;
    final Instant made;
    final Map<String, Member> hosts = new LinkedHashMap<>();
    /** What was notified about its hosts, the newest last. */
    final List<Notification> notifications = new ArrayList<>();

    SimSegment(String name, Instant made) {
        this.id = World.uuid("segment " + name);
        this.name = name;
        this.made = made;
    }

    void add(String host) {
        hosts.put(host, new Member(World.uuid("member " + host + " of " + name)));
    }

    Notification notify(String host, String type, String status, Map<String, String> payload, Instant now) {
        Notification made = new Notification(
                World.uuid("notification " + notifications.size() + " of " + name), host, type, payload, now);
        made.status = status;
        notifications.add(made);
        return made;
    }

    boolean unsettled() {
        return notifications.stream().anyMatch(Notification::unsettled);
    }

    /** Writes what is new; the same once more is no write (SQLAlchemy sends no UPDATE, so updated_at stays). */
    void set(String host, boolean onMaintenance, Instant now) {
        Member member = hosts.get(host);
        if (member.onMaintenance != onMaintenance) {
            member.onMaintenance = onMaintenance;
            member.updated = now;
        }
    }
}
