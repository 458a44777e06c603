package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.drain.DrainOrder.Confirm;
import io.jenkins.plugins.nova.drain.DrainOrder.OnAbort;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.DrainOrder.Scope;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.evidence.EvidenceRule;
import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import io.jenkins.plugins.nova.drain.guest.GuestOrder;
import io.jenkins.plugins.nova.plan.PlanEssence;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.room.Budget;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Orders for tests, changed part by part. */
public final class Orders {

    private Scope scope = Scope.SERVERS;
    private Route route = Route.BY_STATE;
    private BlockMigration blockMigration = BlockMigration.AUTO;
    private String host;
    private List<String> servers = List.of();
    private String targetHost;
    private OnTimeout onTimeout = OnTimeout.ABORT;
    private Confirm confirm = Confirm.MANUAL;
    private OnAbort onAbort = OnAbort.LEAVE;
    private int concurrency = DrainOrder.AUTO;
    private Duration timeout;
    private boolean dryRun;
    private boolean failFast;
    private boolean fenced;
    private String reason;
    private List<String> leave = List.of();
    private Duration olderThan;
    private boolean sharedStorage;
    private List<String> allowDiskLoss = List.of();
    private List<String> approve = List.of();
    private String plan;
    private ApprovedPlan approved;
    private EvidenceRule evidence;
    private RoomDemand room = RoomDemand.NONE;
    private CanaryOrder canary;
    private boolean unproven;
    private boolean takeOver;
    private Claim claim;
    private Map<String, String> seats = Map.of();
    private List<HostSetting.Kind> beside;
    private DrainOrder.Amphorae amphorae;
    private GuestOrder guests = GuestOrder.NONE;

    public static Orders empty(String host) {
        Orders orders = new Orders();
        orders.scope = Scope.HOST;
        orders.room = RoomDemand.WARN;
        orders.host = host;
        return orders;
    }

    public static Orders of(Route route, String... servers) {
        Orders orders = new Orders();
        orders.route = route;
        orders.servers = List.of(servers);
        return orders;
    }

    public static Orders residue(Route route, String host) {
        Orders orders = new Orders();
        orders.route = route;
        orders.host = host;
        return orders;
    }

    public Orders to(String host) {
        targetHost = host;
        return this;
    }

    public Orders blockMigration(BlockMigration how) {
        blockMigration = how;
        return this;
    }

    public Orders onTimeout(OnTimeout what) {
        onTimeout = what;
        return this;
    }

    public Orders autoConfirm() {
        confirm = Confirm.AUTO;
        return this;
    }

    public Orders abortingOnAbort() {
        onAbort = OnAbort.ABORT;
        return this;
    }

    public Orders concurrency(int moves) {
        concurrency = moves;
        return this;
    }

    public Orders timeout(Duration time) {
        timeout = time;
        return this;
    }

    public Orders dryRun() {
        dryRun = true;
        return this;
    }

    public Orders failFast() {
        failFast = true;
        return this;
    }

    public Orders fenced() {
        fenced = true;
        return this;
    }

    public Orders sharedStorage() {
        sharedStorage = true;
        return this;
    }

    public Orders approve(String... names) {
        approve = List.of(names);
        return this;
    }

    public Orders allowDiskLoss(String... names) {
        allowDiskLoss = List.of(names);
        return this;
    }

    public Orders plan(String hash) {
        plan = hash;
        return this;
    }

    public Orders onDrift(PlanEssence known, ApprovedPlan.OnDrift what) {
        approved = new ApprovedPlan(known, what);
        return this;
    }

    public Orders evidence(EvidenceRule.Demand demand, int consoleLines) {
        evidence = new EvidenceRule(demand, consoleLines);
        return this;
    }

    public Orders room(RoomDemand.Forecast forecast) {
        room = new RoomDemand(forecast, room.budget());
        return this;
    }

    public Orders within(Budget budget) {
        room = new RoomDemand(room.forecast(), budget);
        return this;
    }

    public Orders canary(CanaryOrder wanted) {
        canary = wanted;
        return this;
    }

    public Orders unproven() {
        unproven = true;
        return this;
    }

    public Orders because(String why) {
        reason = why;
        return this;
    }

    public Orders beside(HostSetting.Kind... kinds) {
        beside = List.of(kinds);
        return this;
    }

    /** One guest is looked at there. */
    public Orders watching(String server, String address) {
        Map<String, GuestAddress> all = new HashMap<>(guests.guests());
        all.put(server, GuestAddress.parse(address));
        guests = new GuestOrder(all, guests.ofMoreHosts(), guests.from());
        return this;
    }

    public Orders watchingOthers() {
        guests = guests.amongOthers();
        return this;
    }

    public Orders leaving(String... names) {
        leave = List.of(names);
        return this;
    }

    public Orders olderThan(Duration age) {
        olderThan = age;
        return this;
    }

    public Orders takeOver() {
        takeOver = true;
        return this;
    }

    public Orders heldAs(Claim name) {
        claim = name;
        return this;
    }

    public Orders seated(Map<String, String> hosts) {
        seats = hosts;
        return this;
    }

    public DrainOrder make() {
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
                plan,
                approved,
                takeOver,
                evidence,
                room,
                canary,
                reason,
                leave,
                olderThan,
                "ops/maintenance#7",
                claim,
                unproven,
                seats,
                beside,
                guests,
                amphorae);
    }
}
