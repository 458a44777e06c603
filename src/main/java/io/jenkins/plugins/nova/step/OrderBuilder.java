package io.jenkins.plugins.nova.step;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.drain.ApprovedPlan;
import io.jenkins.plugins.nova.drain.CanaryOrder;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainOrder.Confirm;
import io.jenkins.plugins.nova.drain.DrainOrder.OnAbort;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.DrainOrder.Scope;
import io.jenkins.plugins.nova.drain.RoomDemand;
import io.jenkins.plugins.nova.drain.evidence.EvidenceRule;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Duration;
import java.util.List;

/** Makes a {@link DrainOrder} part by part; the defaults are those of the steps. */
final class OrderBuilder {

    private final String by;
    private Scope scope = Scope.SERVERS;
    private Route route = Route.BY_STATE;
    private String host;
    private List<String> servers = List.of();
    private String targetHost;
    private BlockMigration blockMigration = BlockMigration.AUTO;
    private OnTimeout onTimeout = OnTimeout.ABORT;
    private Confirm confirm = Confirm.MANUAL;
    private OnAbort onAbort = OnAbort.LEAVE;
    private int concurrency = DrainOrder.AUTO;
    private Duration timeout;
    private boolean dryRun;
    private boolean failFast;
    private boolean fenced;
    private boolean sharedStorage;
    private List<String> allowDiskLoss = List.of();
    private List<String> approve = List.of();
    private String expectedPlan;
    private ApprovedPlan approved = ApprovedPlan.UNKNOWN;
    private EvidenceRule evidence = EvidenceRule.DEFAULT;
    private RoomDemand room = RoomDemand.NONE;
    private CanaryOrder canary;
    private boolean unproven;
    private String reason;
    private List<String> leave = List.of();
    private Duration olderThan;
    private boolean takeOver;

    OrderBuilder(String by) {
        this.by = by;
    }

    OrderBuilder emptyHost(String name) {
        scope = Scope.HOST;
        host = name;
        return this;
    }

    OrderBuilder servers(Route how, List<String> references) {
        route = how;
        servers = references;
        return this;
    }

    /** For confirm and revert: what left this host and waits. */
    OrderBuilder residueOf(String name) {
        host = name;
        return this;
    }

    OrderBuilder targetHost(String name) {
        targetHost = name;
        return this;
    }

    OrderBuilder blockMigration(BlockMigration how) {
        blockMigration = how;
        return this;
    }

    OrderBuilder onTimeout(OnTimeout what) {
        onTimeout = what;
        return this;
    }

    OrderBuilder confirm(Confirm who) {
        confirm = who;
        return this;
    }

    OrderBuilder onAbort(OnAbort what) {
        onAbort = what;
        return this;
    }

    OrderBuilder concurrency(int moves) {
        concurrency = moves;
        return this;
    }

    OrderBuilder timeoutMinutes(int minutes) {
        timeout = minutes == 0 ? null : Duration.ofMinutes(minutes);
        return this;
    }

    OrderBuilder dryRun(boolean dry) {
        dryRun = dry;
        return this;
    }

    OrderBuilder failFast(boolean fast) {
        failFast = fast;
        return this;
    }

    OrderBuilder fenced(boolean said) {
        fenced = said;
        return this;
    }

    OrderBuilder sharedStorage(boolean said) {
        sharedStorage = said;
        return this;
    }

    OrderBuilder allowDiskLoss(List<String> named) {
        allowDiskLoss = named;
        return this;
    }

    OrderBuilder approve(List<String> named) {
        approve = named;
        return this;
    }

    OrderBuilder expectedPlan(String hash) {
        expectedPlan = hash;
        return this;
    }

    /** What is known of the plan of that hash, and what to do when it is another one now. */
    OrderBuilder approved(ApprovedPlan known) {
        approved = known;
        return this;
    }

    OrderBuilder evidence(EvidenceRule rule) {
        evidence = rule;
        return this;
    }

    OrderBuilder room(RoomDemand demand) {
        room = demand;
        return this;
    }

    OrderBuilder canary(CanaryOrder wanted) {
        canary = wanted;
        return this;
    }

    OrderBuilder unproven(boolean said) {
        unproven = said;
        return this;
    }

    /** Why, such as a ticket; null for none. */
    OrderBuilder reason(String why) {
        reason = why;
        return this;
    }

    OrderBuilder leave(List<String> named) {
        leave = named;
        return this;
    }

    OrderBuilder olderThanHours(int hours) {
        olderThan = hours == 0 ? null : Duration.ofHours(hours);
        return this;
    }

    OrderBuilder takeOver(boolean said) {
        takeOver = said;
        return this;
    }

    DrainOrder build() {
        return new DrainOrder(
                scope,
                route,
                host,
                servers,
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
                approved,
                takeOver,
                evidence,
                room,
                canary,
                reason,
                leave,
                olderThan,
                by,
                null,
                unproven);
    }
}
