package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.DrainOrder;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What an order for servers that have waited long in VERIFY_RESIZE is about. A resize is its owner's: whether the new flavor
 * will do nobody else can say. Only the newest move of a server counts; its older ones may read finished for ever.
 */
final class OldResizes {

    private OldResizes() {}

    /** Whether this cold migration was finished as long ago as the order wants. */
    static boolean forLong(Migration migration, DrainOrder order, Instant now) {
        return migration.type().equals("migration")
                && migration.updated() != null
                && !migration.updated().plus(order.olderThan()).isAfter(now);
    }

    /** Whether a server waits since such a migration. */
    static boolean forLong(Server server, List<Migration> migrations, DrainOrder order, Instant now) {
        return "resized".equals(server.vmState())
                && migrations.stream()
                        .filter(migration -> migration.serverId().equals(server.id()))
                        .filter(migration -> migration.status().equals("finished"))
                        .max(Comparator.comparingLong(Migration::id))
                        .filter(newest -> forLong(newest, order, now))
                        .isPresent();
    }
}
