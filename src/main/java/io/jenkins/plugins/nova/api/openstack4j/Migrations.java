package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * os-migrations (nova/api/openstack/compute/migrations.py). Below 2.59 Nova neither pages nor sorts nor filters by
 * time: done here. Rows that contradict the query are left out at every microversion.
 */
final class Migrations {

    private static final int PAGED = 59;

    private final Service compute;
    private final Versions versions;

    Migrations(Service compute, Versions versions) {
        this.compute = compute;
        this.versions = versions;
    }

    /** Newest first, complete. */
    Listed<Migration> list(MigrationQuery query) {
        boolean old = !versions.chosen(Cap.MIGRATIONS).atLeast(PAGED);
        Listed<Migration> read = Rows.read(
                OddRow.Kind.MIGRATION,
                compute.readAll(request(query, null), "migrations", "migrations_links", "uuid"),
                MoveJson::migration);
        List<Migration> found = new ArrayList<>();
        for (Migration row : read) {
            // Nova has listed it among those from there
            Migration migration = row.sourceHost() == null ? row.from(query.sourceHost()) : row;
            if (fits(query.sourceHost(), migration.sourceHost())
                    && fits(query.serverId(), migration.serverId())
                    && fits(query.status(), migration.status())
                    && fits(query.type(), migration.type())
                    && (!old || changedSince(query, migration))) {
                found.add(migration);
            }
        }
        if (old) {
            found.sort(Comparator.comparingLong(Migration::id).reversed());
        }
        return new Listed<>(found, read.setAside());
    }

    /**
     * Whether migrations are shown with their hosts: a manager of newer Novas may list them without (index:host), all of
     * them; a single one may be without for another reason.
     */
    boolean tellsHosts() {
        // a row of a silent cell says nothing of what the user may see
        List<JsonNode> migrations = compute.read(request(MigrationQuery.ALL, "20")).items("migrations").stream()
                .filter(migration ->
                        !Server.UNKNOWN.equals(migration.path("status").asText()))
                .toList();
        return migrations.isEmpty()
                || migrations.stream().anyMatch(migration -> migration.hasNonNull("source_compute"));
    }

    private Service.Request request(MigrationQuery query, String limit) {
        Map<String, String> filters = new LinkedHashMap<>();
        filters.put("source_compute", query.sourceHost());
        filters.put("instance_uuid", query.serverId());
        filters.put("status", query.status());
        filters.put("migration_type", query.type());
        if (versions.chosen(Cap.MIGRATIONS).atLeast(PAGED)) {
            filters.put("changes-since", Objects.toString(query.changesSince(), null));
            filters.put("limit", limit);
        }
        filters.values().removeIf(Objects::isNull);
        return Service.Request.get("list the migrations", "/os-migrations", filters, versions.header(Cap.MIGRATIONS));
    }

    /** Whether a value is as asked for; a value that is not told is not held against it. */
    private static boolean fits(String wanted, String is) {
        return wanted == null || is == null || wanted.equals(is);
    }

    private static boolean changedSince(MigrationQuery query, Migration migration) {
        return query.changesSince() == null
                || migration.updated() == null
                || !migration.updated().isBefore(query.changesSince());
    }
}
