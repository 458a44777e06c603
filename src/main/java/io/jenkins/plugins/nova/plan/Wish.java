package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.Server;
import java.util.HashSet;
import java.util.Set;

/**
 * What the step was asked that a verdict depends on.
 *
 * @param route how servers are to leave
 * @param targetHost where they are to go; null for the scheduler's choice
 * @param blockMigration how the local disks of live migrations are treated
 * @param sharedStorage whether the pipeline says that the hosts' instance disks are on shared storage
 * @param diskLossAllowed ids of the servers whose local disk may be lost; {@code *} for all. Ids and never names: see
 *     {@link ServerReferences}
 * @param approved ids of the servers that are moved although their owner or their plan asks for a word first; {@code *} for
 *     all
 * @param leave ids of the servers that stay on their host and go down with it
 */
public record Wish(
        Route route,
        String targetHost,
        BlockMigration blockMigration,
        boolean sharedStorage,
        Set<String> diskLossAllowed,
        Set<String> approved,
        Set<String> leave) {

    /** The steps' parameter behind {@link #approved}. */
    public static final String APPROVE = "approve";

    public Wish {
        diskLossAllowed = Set.copyOf(diskLossAllowed);
        approved = Set.copyOf(approved);
        leave = Set.copyOf(leave);
    }

    /** Wherever the scheduler wants, with nothing allowed beyond that. */
    public static Wish of(Route route) {
        return new Wish(route, null, BlockMigration.AUTO, false, Set.of(), Set.of(), Set.of());
    }

    /** The same, to this host; null for the scheduler's choice. */
    public Wish to(String host) {
        return new Wish(route, host, blockMigration, sharedStorage, diskLossAllowed, approved, leave);
    }

    /** The same, with local disks treated so. */
    public Wish blockMigration(BlockMigration how) {
        return new Wish(route, targetHost, how, sharedStorage, diskLossAllowed, approved, leave);
    }

    /** The same, between hosts that share their instance storage. */
    public Wish onSharedStorage() {
        return new Wish(route, targetHost, blockMigration, true, diskLossAllowed, approved, leave);
    }

    /** The same, and the disks of the servers with these ids may be lost. */
    public Wish losing(String... servers) {
        return new Wish(
                route, targetHost, blockMigration, sharedStorage, and(diskLossAllowed, servers), approved, leave);
    }

    /** The same, and the servers with these ids are approved. */
    public Wish approving(String... servers) {
        return new Wish(
                route, targetHost, blockMigration, sharedStorage, diskLossAllowed, and(approved, servers), leave);
    }

    /** The same, and these servers stay. */
    public Wish leaving(Set<String> ids) {
        return new Wish(route, targetHost, blockMigration, sharedStorage, diskLossAllowed, approved, ids);
    }

    /** Whether a server is approved. */
    public boolean approved(Server server) {
        return ServerReferences.covers(approved, server.id());
    }

    /** Whether a server's local disk may be lost. */
    public boolean mayLose(Server server) {
        return ServerReferences.covers(diskLossAllowed, server.id());
    }

    private static Set<String> and(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(Set.of(more));
        return all;
    }
}
