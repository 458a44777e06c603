package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.drain.DrainOrder.Confirm;
import io.jenkins.plugins.nova.drain.DrainOrder.OnAbort;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.DrainOrder.Scope;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Duration;
import java.util.List;

/** Orders for tests, changed part by part. */
final class Orders {

    private Scope scope = Scope.SERVERS;
    private Route route = Route.BY_STATE;
    private String host;
    private List<String> servers = List.of();
    private String targetHost;
    private OnTimeout onTimeout = OnTimeout.ABORT;
    private Confirm confirm = Confirm.MANUAL;
    private OnAbort onAbort = OnAbort.LEAVE;
    private int concurrency = 2;
    private Duration timeout;
    private boolean dryRun;
    private boolean failFast;
    private boolean fenced;
    private boolean sharedStorage;
    private List<String> allowDiskLoss = List.of();
    private String plan;

    static Orders empty(String host) {
        Orders orders = new Orders();
        orders.scope = Scope.HOST;
        orders.host = host;
        return orders;
    }

    static Orders of(Route route, String... servers) {
        Orders orders = new Orders();
        orders.route = route;
        orders.servers = List.of(servers);
        return orders;
    }

    static Orders residue(Route route, String host) {
        Orders orders = new Orders();
        orders.route = route;
        orders.host = host;
        return orders;
    }

    Orders to(String host) {
        targetHost = host;
        return this;
    }

    Orders onTimeout(OnTimeout what) {
        onTimeout = what;
        return this;
    }

    Orders autoConfirm() {
        confirm = Confirm.AUTO;
        return this;
    }

    Orders abortingOnAbort() {
        onAbort = OnAbort.ABORT;
        return this;
    }

    Orders concurrency(int moves) {
        concurrency = moves;
        return this;
    }

    Orders timeout(Duration time) {
        timeout = time;
        return this;
    }

    Orders dryRun() {
        dryRun = true;
        return this;
    }

    Orders failFast() {
        failFast = true;
        return this;
    }

    Orders fenced() {
        fenced = true;
        return this;
    }

    Orders sharedStorage() {
        sharedStorage = true;
        return this;
    }

    Orders allowDiskLoss(String... names) {
        allowDiskLoss = List.of(names);
        return this;
    }

    Orders plan(String hash) {
        plan = hash;
        return this;
    }

    DrainOrder make() {
        return new DrainOrder(
                scope,
                route,
                host,
                servers,
                targetHost,
                BlockMigration.AUTO,
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
                plan,
                "ops/maintenance#7");
    }
}
