package io.jenkins.plugins.nova.api.openstack4j;

/**
 * The newest microversion that each call is sent at; the cloud's own maximum is used where that is older. The history
 * is nova/api/openstack/compute/rest_api_version_history.rst, read up to 2.104.
 */
enum Cap {
    /** 2.47 flavor inside, 2.73 locked_reason, 2.96 pinned zone, 2.98 image properties; nothing lost up to 2.103. */
    SERVERS(103),
    /** 2.53 uuids and PUT by uuid. From 2.69 a service in a cell that does not answer has no id, which is said. */
    SERVICES(103),
    /**
     * 2.53 uuids. 2.88 took away vcpus, memory, running_vms and cpu_info, and newer Novas still tell them at 2.87. The
     * CPU model decides whether a live migration can work.
     */
    HYPERVISORS(87),
    /** 2.25 "auto", 2.34 asynchronous checks; 2.68 took away force, which is not sent here. Nothing since. */
    LIVE_MIGRATE(103),
    /** 2.34 asynchronous checks, 2.67 the last with force: only for servers of our own, see Nova.liveMigrateUnscheduled. */
    LIVE_MIGRATE_UNSCHEDULED(67),
    /** 2.37 networks "none"; what came later is not asked for, and what is asked for was not taken away up to 2.103. */
    CREATE(37),
    /** The same at every microversion. */
    DELETE(103),
    /** The same at every microversion. */
    REBOOT(103),
    /** 2.22 force_complete, 2.23 byte counters, 2.24 abort, 2.65 abort while queued. Nothing since. */
    SERVER_MIGRATIONS(103),
    /** 2.56 host; below it Nova ignores a host silently. Nothing since. */
    MIGRATE(103),
    /** confirmResize and revertResize: the same at every microversion. */
    RESIZE(103),
    /**
     * 2.14 no onSharedStorage, 2.29 a host goes through the scheduler, 2.68 no force. 2.95 would leave the server
     * stopped on its new host and needs every compute at 27.0.0 (2023.1): what ran shall run again.
     */
    EVACUATE(94),
    /** 2.59 paging, newest first, changes-since; 2.80 user_id. Nothing since. */
    MIGRATIONS(103),
    /** 2.58 paging, 2.62 host, 2.84 details of events. Nothing since. */
    ACTIONS(103),
    /** 2.70 a tag, which is not read; 2.102 unknown query parameters 400. Ports are Neutron's, as they are now. */
    INTERFACES(103),
    /** 2.48 the same fields for every hypervisor; only that it answers is taken. */
    DIAGNOSTICS(103),
    /** os-getConsoleOutput: the same at every microversion. */
    CONSOLE(103),
    /** 2.97 brought them. Nothing since. */
    SHARES(103),
    /** 2.64 one policy in place of a list. Nothing since. */
    SERVER_GROUPS(103),
    /** 2.53 is plenty; nothing that is read has changed. */
    AGGREGATES(103),
    /** 2.61 extra_specs inside; 2.75 swap 0 in place of "". 2.102 took away rxtx_factor, which is not read. */
    FLAVORS(103);

    private final int minor;

    Cap(int minor) {
        this.minor = minor;
    }

    /** The number behind {@code 2.}. */
    int minor() {
        return minor;
    }
}
