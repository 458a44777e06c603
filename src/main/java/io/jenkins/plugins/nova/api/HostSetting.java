package io.jenkins.plugins.nova.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a service beside Nova keeps about a host, and is set while the host is in maintenance.
 *
 * @param kind which service, and which setting of it
 * @param id what the service calls it; only to be handed back to it
 * @param name for people, such as {@code host compute1 of segment rack1}
 * @param held whether it reads as for a host in maintenance
 * @param changed when the service last wrote its record, by the service's own clock; null when that is not told
 * @param text what its record says beside that, as it stands there and not fit to be shown: a reason or a description; null for nothing,
 *     and where its kind has no room for a claim
 * @param serves what would go down, or has not gone elsewhere yet, with nothing but this to serve it; empty for nothing
 * @param fixed why it cannot be set or must not be, in words that follow its name; null for nothing
 * @param unready why it should not be put back yet, in words; null for nothing
 * @param until when it ends by itself; null where it does not
 * @param numbers for a setting that is a number ({@link Kind#numbered}); null for the others, and where there is none any more
 * @param works what its service has to do, so that it cannot be changed; empty for nothing, and where that is not told
 */
public record HostSetting(
        Kind kind,
        String id,
        String name,
        boolean held,
        Instant changed,
        String text,
        List<Served> serves,
        String fixed,
        String unready,
        Instant until,
        Numbers numbers,
        List<Work> works) {

    public HostSetting {
        serves = List.copyOf(serves);
        works = List.copyOf(works);
    }

    /** One that serves nothing alone. */
    public HostSetting(Kind kind, String id, String name, boolean held, Instant changed, String text) {
        this(kind, id, name, held, changed, text, List.of(), null, null);
    }

    /** One that does not end by itself. */
    public HostSetting(
            Kind kind,
            String id,
            String name,
            boolean held,
            Instant changed,
            String text,
            List<Served> serves,
            String fixed,
            String unready) {
        this(kind, id, name, held, changed, text, serves, fixed, unready, null, null, List.of());
    }

    /** The same, which is to end by itself then. */
    public HostSetting until(Instant end) {
        return new HostSetting(kind, id, name, held, changed, text, serves, fixed, unready, end, numbers, works);
    }

    /** The same, while its service has this to do. */
    public HostSetting during(List<Work> all) {
        return new HostSetting(kind, id, name, held, changed, text, serves, fixed, unready, until, numbers, all);
    }

    /**
     * What a service has to do, and keeps a setting from being changed while that lasts.
     *
     * @param words what it is, with its id, for people; harmless, and the same as long as it stands as it does
     * @param evacuates whether it rebuilds this host's servers elsewhere
     */
    public record Work(String words, boolean evacuates) {

        private static final int MOST_NAMED = 3;

        /** All of them in a row, the first few by name. */
        public static String named(List<Work> all) {
            return all.stream().limit(MOST_NAMED).map(Work::words).collect(Collectors.joining(", "))
                    + (all.size() > MOST_NAMED ? " and " + (all.size() - MOST_NAMED) + " more" : "");
        }
    }

    /** The same, with these numbers. */
    public HostSetting with(Numbers read) {
        return new HostSetting(kind, id, name, held, changed, text, serves, fixed, unready, until, read, works);
    }

    /**
     * Numbers of which the highest counts.
     *
     * @param now what each holder has now, by its id; in a request what the one that is to be changed must have still
     * @param steps what would set it as for a host in maintenance, one of them is enough, the best first; in a request that one alone
     */
    public record Numbers(Map<String, Integer> now, List<Step> steps) {
        public Numbers {
            now = Map.copyOf(now);
            steps = List.copyOf(steps);
        }
    }

    /**
     * A change of one number.
     *
     * @param of whose it is
     * @param number what it is to be
     */
    public record Step(String of, int number) {}

    /**
     * What is served by nothing else.
     *
     * @param what a router or a network
     * @param id its id
     * @param name for people
     * @param fate what can become of it
     */
    public record Served(What what, String id, String name, Fate fate) {

        /** What is served. */
        public enum What {
            ROUTER,
            /** The central part of a distributed router. */
            SNAT,
            NETWORK;

            /** Whether it is of a router, which is down where no agent has it. */
            public boolean ofRouter() {
                return this != NETWORK;
            }
        }

        /** What can become of it. */
        public enum Fate {
            /** It can be given to another that is alive, by a request. */
            LED,
            /** It goes elsewhere by itself, and has not yet. */
            FOLLOWS,
            /** Nothing else can serve it. */
            STRANDED
        }
    }

    /** The services and their settings. */
    public enum Kind {
        /**
         * Masakari's {@code on_maintenance}: while it is set, Masakari answers what is notified about the host with 409 and
         * neither evacuates it nor forces its compute service down (masakari/ha/api.py).
         */
        INSTANCE_HA("masakari", "Masakari", List.of("instance-ha"), false),
        /**
         * Whether a cinder-volume service is disabled: Cinder's scheduler then places nothing new there, and what is attached goes on
         * (cinder/scheduler/host_manager.py). Its record has a disabled_reason.
         */
        VOLUME_SERVICE("cinder", "Cinder", List.of("block-storage", "volumev3", "volume"), true),
        /**
         * Whether an L3 or DHCP agent of Neutron's is administratively down: it then drops all its routers or networks, and nothing is
         * scheduled to it (list_active_sync_routers_on_active_l3_agent of neutron/db/l3_agentschedulers_db.py,
         * list_active_networks_on_active_dhcp_agent of neutron/db/agentschedulers_db.py). Its record has a description.
         */
        NETWORK_AGENT("neutron", "Neutron", List.of("network"), true),
        /**
         * What an L3 agent in mode dvr_snat serves for others than the servers of its host: the SNAT of distributed routers, and routers that are
         * not. It is led elsewhere and stays there; the agent is left up. Held is one that has nothing of the kind.
         */
        CENTRAL_ROUTERS("neutron", "Neutron", List.of("network"), false),
        /**
         * The priorities of a router's OVN gateway chassis, of which the highest that is alive has the gateway (neutron/services/ovn_l3/plugin.py;
         * they can be set from 2026.2 on). It is held where that is another than the host's, which most are with nobody's doing. It has no
         * room for a claim: what still has the number that ours set is ours.
         */
        ROUTER_GATEWAY("neutron", "Neutron", List.of("network"), false),
        /**
         * A silence of an Alertmanager, which is in no catalogue. There may be several of one host, each with its maker's comment, and
         * always room for another: the last row is that, and not held. Only those with a claim are ours to end.
         */
        SILENCE("silences", "Alertmanager", List.of("alertmanager"), true);

        private final String word;
        private final String title;
        private final List<String> types;
        private final boolean keepsClaim;

        Kind(String word, String title, List<String> types, boolean keepsClaim) {
            this.word = word;
            this.title = title;
            this.types = types;
            this.keepsClaim = keepsClaim;
        }

        /** As pipelines name its service, which may have several kinds. */
        public String word() {
            return word;
        }

        /** As people call the service. */
        public String title() {
            return title;
        }

        /** The service's type in the catalogue, as it is called now. */
        public String type() {
            return types.get(0);
        }

        /** The service's types in the catalogue, the one that it is called now first, and older ones that many clouds still have. */
        public List<String> types() {
            return types;
        }

        /**
         * Whether its record has room for a text in which a claim of ours is written while it is held, 255 characters at most; otherwise
         * only the time at which it was written tells whose it is, or the number that it has.
         */
        public boolean keepsClaim() {
            return keepsClaim;
        }

        /** Whether what it serves is led elsewhere for good, and nothing else is set. */
        public boolean leadsOnly() {
            return this == CENTRAL_ROUTERS;
        }

        /** Whether it is a number, and that it reads as for a host in maintenance says nothing about whether anybody has set it. */
        public boolean numbered() {
            return this == ROUTER_GATEWAY;
        }

        /** Whether it ends by itself, is set anew beside those of others, and is put back also where the host stays closed. */
        public boolean ends() {
            return this == SILENCE;
        }
    }
}
