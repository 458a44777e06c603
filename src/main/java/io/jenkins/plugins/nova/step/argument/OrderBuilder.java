package io.jenkins.plugins.nova.step.argument;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.drain.ApprovedPlan;
import io.jenkins.plugins.nova.drain.CanaryOrder;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainOrder.Confirm;
import io.jenkins.plugins.nova.drain.DrainOrder.OnAbort;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.DrainOrder.Scope;
import io.jenkins.plugins.nova.drain.RoomDemand;
import io.jenkins.plugins.nova.drain.evidence.EvidenceRule;
import io.jenkins.plugins.nova.drain.guest.GuestOrder;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Makes a {@link DrainOrder} part by part; the defaults are those of the steps. Each method sets the part that it is named
 * after, null where the order may have null, and returns this.
 */
public final class OrderBuilder {

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
    private List<HostSetting.Kind> beside;
    private DrainOrder.Amphorae amphorae;
    private GuestOrder guests = GuestOrder.NONE;

    /** @param by who orders it, as the order says it */
    public OrderBuilder(String by) {
        this.by = by;
    }

    public OrderBuilder emptyHost(String name) {
        scope = Scope.HOST;
        host = name;
        return this;
    }

    public OrderBuilder servers(Route how, List<String> references) {
        route = how;
        servers = references;
        return this;
    }

    /** For confirm and revert: what left this host and waits. */
    public OrderBuilder residueOf(String name) {
        host = name;
        return this;
    }

    public OrderBuilder targetHost(String name) {
        targetHost = name;
        return this;
    }

    public OrderBuilder blockMigration(BlockMigration how) {
        blockMigration = how;
        return this;
    }

    public OrderBuilder onTimeout(OnTimeout what) {
        onTimeout = what;
        return this;
    }

    public OrderBuilder confirm(Confirm who) {
        confirm = who;
        return this;
    }

    public OrderBuilder onAbort(OnAbort what) {
        onAbort = what;
        return this;
    }

    public OrderBuilder concurrency(int moves) {
        concurrency = moves;
        return this;
    }

    public OrderBuilder timeoutMinutes(int minutes) {
        timeout = minutes == 0 ? null : Duration.ofMinutes(minutes);
        return this;
    }

    public OrderBuilder dryRun(boolean dry) {
        dryRun = dry;
        return this;
    }

    public OrderBuilder failFast(boolean fast) {
        failFast = fast;
        return this;
    }

    public OrderBuilder fenced(boolean said) {
        fenced = said;
        return this;
    }

    public OrderBuilder sharedStorage(boolean said) {
        sharedStorage = said;
        return this;
    }

    public OrderBuilder allowDiskLoss(List<String> named) {
        allowDiskLoss = named;
        return this;
    }

    public OrderBuilder approve(List<String> named) {
        approve = named;
        return this;
    }

    public OrderBuilder expectedPlan(String hash) {
        expectedPlan = hash;
        return this;
    }

    /** What is known of the plan of that hash, and what to do when it is another one now. */
    public OrderBuilder approved(ApprovedPlan known) {
        approved = known;
        return this;
    }

    public OrderBuilder evidence(EvidenceRule rule) {
        evidence = rule;
        return this;
    }

    public OrderBuilder room(RoomDemand demand) {
        room = demand;
        return this;
    }

    public OrderBuilder canary(CanaryOrder wanted) {
        canary = wanted;
        return this;
    }

    public OrderBuilder unproven(boolean said) {
        unproven = said;
        return this;
    }

    /** Why, such as a ticket; null for none. */
    public OrderBuilder reason(String why) {
        reason = why;
        return this;
    }

    public OrderBuilder leave(List<String> named) {
        leave = named;
        return this;
    }

    public OrderBuilder olderThanHours(int hours) {
        olderThan = hours == 0 ? null : Duration.ofHours(hours);
        return this;
    }

    public OrderBuilder takeOver(boolean said) {
        takeOver = said;
        return this;
    }

    public OrderBuilder beside(List<HostSetting.Kind> kinds) {
        beside = kinds;
        return this;
    }

    public OrderBuilder amphorae(DrainOrder.Amphorae become) {
        amphorae = become;
        return this;
    }

    public OrderBuilder guests(GuestOrder watched) {
        guests = watched;
        return this;
    }

    /** The order. */
    public DrainOrder build() {
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
                unproven,
                Map.of(),
                beside,
                guests,
                amphorae);
    }
}
