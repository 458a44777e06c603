package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.evidence.EvidenceRule;
import io.jenkins.plugins.nova.drain.guest.GuestOrder;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.drain.width.Widths;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a step was asked to do; does not change while it runs.
 *
 * @param scope a whole host, or chosen servers
 * @param route how servers are to leave; {@link Route#BY_STATE} for a whole host, which becomes
 *     {@link Route#REBUILD} when the host is dead
 * @param host the host to be emptied; for confirm and revert the source host of the residue; null otherwise
 * @param servers ids or exact names, for chosen servers; empty otherwise
 * @param targetHost where they are to go; null for the scheduler's choice
 * @param blockMigration for live migrations
 * @param onTimeout what to do with a live migration that is over its time
 * @param confirm whether cold migrations are confirmed at once
 * @param onAbort what to do with moves under way when the build is aborted
 * @param concurrency moves under way at a time, of all kinds together; {@link #AUTO} for as many of each kind as the cloud takes
 * @param timeout for the whole step; null for none
 * @param dryRun whether to stop after the plan
 * @param failFast whether to start nothing more after the first server that cannot be moved
 * @param fenced whether the pipeline says that the dead host is fenced (law 9)
 * @param sharedStorage whether the pipeline says that instance disks are on shared storage
 * @param allowDiskLoss ids or names of servers whose local disks may be lost; {@code *} for all
 * @param approve ids or names of servers that are moved although their owner, or what it would do to their guest, asks for a
 *     word first; {@code *} for all
 * @param expectedPlan the hash of the plan that was approved; null for none
 * @param approved what is known of that plan; null is taken as {@link ApprovedPlan#UNKNOWN}
 * @param takeOver whether a host held by a build of which nothing is known is taken over
 * @param evidence what is looked at before a confirm; null is taken as {@link EvidenceRule#DEFAULT}
 * @param room what must be elsewhere before a host is emptied; {@link RoomDemand#NONE} for chosen servers
 * @param canary the server that is tried on the host once it is back: one that cannot be booted is refused before the host is
 *     emptied; null for none
 * @param reason why, as the pipeline says it, such as a ticket; null for none
 * @param leave ids or exact names of servers that stay on the host and go down with it
 * @param olderThan for confirm and revert: only cold migrations that were finished so long ago; without servers and host those
 *     of the whole cloud; null for any
 * @param by who asks: the build's name
 * @param claim under what name the host is held; null for the build's name alone, as in old states
 * @param unproven whether a host on which no server can be seen is taken as empty though that could not be proven
 * @param seats in a roll, where its servers are to go, by id: each is asked for through the scheduler, and where it is refused the
 *     scheduler chooses; a target host that is named for all counts instead. Empty outside a roll; null is taken as that
 * @param beside the services beside Nova whose setting of the host must be set while it is emptied; null for those that the cloud has
 *     and the credential may ask, as in old states
 * @param guests which guests are looked at while their servers are moved; null is taken as {@link GuestOrder#NONE}
 * @param amphorae what becomes of servers that are amphorae; null for what follows from {@code beside}
 */
public record DrainOrder(
        Scope scope,
        Route route,
        String host,
        List<String> servers,
        String targetHost,
        BlockMigration blockMigration,
        OnTimeout onTimeout,
        Confirm confirm,
        OnAbort onAbort,
        int concurrency,
        Duration timeout,
        boolean dryRun,
        boolean failFast,
        boolean fenced,
        boolean sharedStorage,
        List<String> allowDiskLoss,
        List<String> approve,
        String expectedPlan,
        ApprovedPlan approved,
        boolean takeOver,
        EvidenceRule evidence,
        RoomDemand room,
        CanaryOrder canary,
        String reason,
        List<String> leave,
        Duration olderThan,
        String by,
        Claim claim,
        boolean unproven,
        Map<String, String> seats,
        List<HostSetting.Kind> beside,
        GuestOrder guests,
        Amphorae amphorae) {

    /** A {@link #concurrency} that is learned, kind by kind, from how moves go ({@link Widths}). */
    public static final int AUTO = 0;

    public DrainOrder {
        room = room == null ? RoomDemand.NONE : room;
        servers = List.copyOf(servers);
        allowDiskLoss = List.copyOf(allowDiskLoss);
        approved = approved == null ? ApprovedPlan.UNKNOWN : approved;
        evidence = evidence == null ? EvidenceRule.DEFAULT : evidence;
        approve = approve == null ? List.of() : List.copyOf(approve);
        leave = leave == null ? List.of() : List.copyOf(leave);
        seats = seats == null ? Map.of() : Map.copyOf(seats);
        beside = beside == null ? null : List.copyOf(beside);
        guests = guests == null ? GuestOrder.NONE : guests;
        amphorae = amphorae != null ? amphorae : beside == null ? Amphorae.AS_FOUND : Amphorae.AS_SERVERS;
        claim = claim == null ? new Claim(by, null, null, null, reason) : claim;
    }

    /** A whole host, or chosen servers. */
    public enum Scope {
        HOST,
        SERVERS
    }

    /** What becomes of servers that are amphorae of Octavia's. */
    public enum Amphorae {
        /** They are failed over where the cloud has Octavia and the credential may list them. */
        AS_FOUND,
        /** They are failed over, and Octavia must be there and tell them. */
        FAILED_OVER,
        /** They are moved as any other server; Octavia is not asked. */
        AS_SERVERS
    }

    /** What to do with a live migration that is over its time. */
    public enum OnTimeout {
        /** Abort it; the server stays on its source. */
        ABORT,
        /** Let Nova force it to its end; the guest may pause. */
        FORCE_COMPLETE,
        /** Abort it, then move the server cold. */
        COLD_MIGRATE,
        /** Leave it to Nova and say so. */
        LEAVE
    }

    /** Who confirms cold migrations. */
    public enum Confirm {
        MANUAL,
        AUTO
    }

    /** What to do with moves under way when the build is aborted. */
    public enum OnAbort {
        /** Leave them to Nova and say where they are. */
        LEAVE,
        /** Abort live migrations that can be aborted. */
        ABORT
    }

    /** Whether this empties a whole host (as against confirming its residue). */
    public boolean emptiesHost() {
        return scope == Scope.HOST;
    }

    /** Whether how many moves are under way at a time is learned; otherwise it is given. */
    public boolean learnsWidths() {
        return concurrency == AUTO;
    }

    /** Whether its servers wait for a confirm or revert. */
    public boolean settles() {
        return route == Route.CONFIRM || route == Route.REVERT;
    }

    /** What it is about, in few words: the host, or the servers as they were named. */
    public String subject() {
        if (host != null) {
            return host;
        }
        if (servers.isEmpty() && olderThan != null) {
            return "all for " + Quantity.time(olderThan);
        }
        return servers.size() <= 2 ? String.join(", ", servers) : Quantity.servers(servers.size());
    }

    /** The same order, with the host held under this name. */
    public DrainOrder heldAs(Claim name) {
        return with(servers, approved, name, seats);
    }

    /** The same, and this is known of the approved plan. */
    public DrainOrder approved(ApprovedPlan known) {
        return with(servers, known, claim, seats);
    }

    /** The same for these servers. */
    public DrainOrder withServers(List<String> chosen) {
        return with(chosen, approved, claim, seats);
    }

    /** The same with these seats for its servers: hosts by their ids. */
    public DrainOrder seated(Map<String, String> hosts) {
        return with(servers, approved, claim, hosts);
    }

    private DrainOrder with(List<String> chosen, ApprovedPlan known, Claim name, Map<String, String> hosts) {
        return new DrainOrder(
                scope,
                route,
                host,
                chosen,
                targetHost,
                blockMigration,
                onTimeout,
                confirm,
                onAbort,
                concurrency,
                timeout,
                dryRun,
                failFast,
                fenced,
                sharedStorage,
                allowDiskLoss,
                approve,
                expectedPlan,
                known,
                takeOver,
                evidence,
                room,
                canary,
                reason,
                leave,
                olderThan,
                by,
                name,
                unproven,
                hosts,
                beside,
                guests,
                amphorae);
    }
}
