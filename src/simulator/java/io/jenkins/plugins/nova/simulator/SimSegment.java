package io.jenkins.plugins.nova.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
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

    final String id;
    final String name;
    final Instant made;
    final Map<String, Member> hosts = new LinkedHashMap<>();
    /** Whether a notification about one of its hosts is new, running or failed. */
    boolean unsettled;

    SimSegment(String name, Instant made) {
        this.id = World.uuid("segment " + name);
        this.name = name;
        this.made = made;
    }

    void add(String host) {
        hosts.put(host, new Member(World.uuid("member " + host + " of " + name)));
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
