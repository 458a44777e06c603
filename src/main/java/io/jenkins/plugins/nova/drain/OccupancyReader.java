package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks a second witness who is on a host (law 13). Placement is the first choice: it knows no cells, and whoever is on a host
 * holds an allocation on its resource providers, a server under its own id, a cold migration that waits for its confirm
 * under the migration's. Each holder that Nova's lists do not explain is looked up alone. Where Placement cannot be asked,
 * a list of all servers without a filter shows those of a cell that does not answer.
 *
 * <p>One instance serves one look at one host.
 */
final class OccupancyReader {

    /** More holders than these are not looked up in one look; the next one goes on, for what was found is listed then. */
    static final int MOST_LOOKED_UP = 50;

    /** How far back a migration that Nova's list of the host's does not show is looked for. */
    private static final Duration HORIZON = Duration.ofDays(1);

    private final Nova nova;
    private final String host;
    private final Instant now;
    private final List<Server> missing = new ArrayList<>();
    private final List<Migration> waiting = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private List<Migration> everywhere;

    /**
     * @param host the compute service's host
     * @param now the time of the look, by our clock
     */
    OccupancyReader(Nova nova, String host, Instant now) {
        this.nova = nova;
        this.host = host;
        this.now = now.plus(nova.clockOffset());
    }

    /**
     * What the witness says.
     *
     * @param listed the host's servers as Nova lists them
     * @param migrations off the host as Nova lists them
     * @param rebuilt ids of servers that were rebuilt elsewhere: a dead host keeps their allocations until its nova-compute
     *     has started again (nova/compute/manager.py, _destroy_evacuated_instances)
     * @throws NovaException when neither witness could be asked, for a reason that may pass
     */
    Occupancy of(Collection<Server> listed, List<Migration> migrations, Set<String> rebuilt) {
        NovaException silent = null;
        try {
            Set<String> providers = providers(listed);
            if (!providers.isEmpty()) {
                Set<String> holders = new TreeSet<>();
                providers.forEach(provider -> holders.addAll(nova.allocationConsumers(provider)));
                explain(holders, listed, migrations, rebuilt);
                return told();
            }
        } catch (NovaException e) {
            // also a 401: so a service answers a credential whose access rules do not have the request
            silent = e;
        }
        unfiltered(listed, silent);
        return told();
    }

    private Occupancy told() {
        return new Occupancy(true, missing, waiting, doubts, remarks);
    }

    /** The resource providers of the host: its hypervisors', by id or, where one is not listed, by name. */
    private Set<String> providers(Collection<Server> listed) {
        Set<String> ids = new LinkedHashSet<>();
        Set<String> known = new HashSet<>();
        hypervisors().stream()
                .filter(hypervisor -> host.equals(hypervisor.host()))
                .forEach(hypervisor -> {
                    ids.add(hypervisor.id());
                    known.add(hypervisor.hostname());
                });
        Set<String> names = listed.stream()
                .map(Server::hypervisorHostname)
                .filter(name -> name != null && !known.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        if (ids.isEmpty()) {
            names.add(host);
        }
        for (String name : names) {
            Listed<String> found = nova.resourceProviders(name);
            ids.addAll(found);
            // asked for by the name: what cannot be read may be the provider that is sought, with its holders
            found.setAside()
                    .forEach(row -> doubts.add("Placement's list of the providers called '" + name + "' has "
                            + row.words() + ", so who holds resources of that one was not asked"));
        }
        return ids;
    }

    /**
     * Some policies show servers and not what they run on; and while a cell does not answer, Nova lists the hypervisors of none
     * (500, seen on a real Nova with two cells). Their providers have names, too.
     */
    private List<Hypervisor> hypervisors() {
        try {
            return nova.hypervisors();
        } catch (NovaException.Refused e) {
            if (e.status() == 403 || e.status() >= 500) {
                return List.of();
            }
            throw e;
        }
    }

    private void explain(
            Set<String> holders, Collection<Server> listed, List<Migration> migrations, Set<String> rebuilt) {
        Set<String> onList = listed.stream().map(Server::id).collect(Collectors.toSet());
        Set<String> movers = migrations.stream()
                .filter(migration -> !migration.ended())
                .map(Migration::uuid)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        int asked = 0;
        for (String holder : holders) {
            boolean explained = onList.contains(holder) || rebuilt.contains(holder) || movers.contains(holder);
            if (explained) {
                continue;
            }
            if (++asked > MOST_LOOKED_UP) {
                doubts.add("Placement has more holders of resources of " + host
                        + " that Nova's list of its servers does not" + " show than are looked up at a time");
                return;
            }
            ended(holder, migrations).ifPresentOrElse(this::leftover, () -> lookUp(holder));
        }
    }

    private static Optional<Migration> ended(String holder, Collection<Migration> migrations) {
        return migrations.stream()
                .filter(migration -> holder.equals(migration.uuid()))
                .findFirst();
    }

    private void lookUp(String holder) {
        Server server;
        try {
            server = nova.server(holder);
        } catch (NovaException.Refused e) {
            if (e.status() == 404 && e.novaMessage().contains(holder)) {
                noServer(holder);
            } else {
                doubts.add("server " + holder + " holds resources of " + host
                        + " in Placement, and Nova cannot tell where" + " it is (" + e.getMessage() + ")");
            }
            return;
        }
        if (host.equals(server.host())) {
            missing.add(server);
        } else if (!server.known()) {
            doubts.add("server " + holder + " holds resources of " + host + " in Placement, and Nova reads it "
                    + server.status() + ": its cell does not answer");
        } else if (arrives(server)) {
            doubts.add("server " + Words.named(server) + " is on its way to " + host + " (task " + server.taskState()
                    + "), where somebody else moves it");
        } else {
            remarks.add("Server " + Words.named(server) + " is " + Words.whereabouts(server)
                    + ", and still holds resources of " + host + " in Placement (nova-manage placement audit tells of"
                    + " such; it goes by itself when an evacuated host starts again).");
        }
    }

    /** A server's resources on its target are taken in its own name while it is still on its source. */
    private boolean arrives(Server server) {
        return server.taskState() != null
                && nova.migrations(MigrationQuery.of(server.id())).stream()
                        .anyMatch(migration -> !migration.ended() && host.equals(migration.targetHost()));
    }

    /** A migration, then, or something that is not Nova's or not there any more. */
    private void noServer(String holder) {
        Optional<Migration> found = ended(holder, everywhere());
        if (found.isPresent() && !found.get().ended()) {
            if (found.get().status().equals("finished")) {
                waiting.add(found.get());
            } else {
                doubts.add("migration " + found.get().id() + " of server "
                        + found.get().serverId() + " off " + host + " is under way ("
                        + found.get().status() + ")");
            }
        } else if (found.isPresent()) {
            leftover(found.get());
        } else if (wasDeleted(holder)) {
            remarks.add("Server " + holder + " was deleted, and still holds resources of " + host
                    + " in Placement (openstack resource provider allocation delete " + holder + ").");
        } else {
            doubts.add(holder + " holds resources of " + host + " in Placement, and Nova shows neither a server nor a"
                    + " migration of that id; see openstack resource provider allocation show " + holder);
        }
    }

    private void leftover(Migration migration) {
        remarks.add("Migration " + migration.id() + " of server " + migration.serverId() + " has ended ("
                + migration.status() + "), and still holds resources of " + host
                + " in Placement (nova-manage placement audit tells of such).");
    }

    /**
     * Migrations of all hosts that wait for a confirm, however old, those of the last day, and those that have just begun:
     * Nova compares changes-since with a column that is null until a row is changed (nova/db/main/api.py, updated_at).
     */
    private List<Migration> everywhere() {
        if (everywhere == null) {
            everywhere = Stream.of(
                            MigrationQuery.ALL.inStatus("finished"),
                            MigrationQuery.ALL.inStatus("accepted"),
                            MigrationQuery.ALL.inStatus("pre-migrating"),
                            MigrationQuery.ALL.since(now.minus(HORIZON)))
                    .flatMap(query -> nova.migrations(query).stream())
                    .toList();
        }
        return everywhere;
    }

    /** Nova tells what was asked of a deleted server, too (2.21), until its database is archived. */
    private boolean wasDeleted(String id) {
        try {
            return nova.actions(id).stream().map(InstanceAction::action).anyMatch("delete"::equals);
        } catch (NovaException.Refused e) {
            if (e.status() != 404) {
                throw e;
            }
            return false;
        }
    }

    /** The second choice of a witness. */
    private void unfiltered(Collection<Server> listed, NovaException silent) {
        String why = silent == null ? "it has no resource provider of this host" : silent.getMessage();
        List<Server> all;
        try {
            all = nova.serversUnfiltered();
            List<String> silentHosts = nova.computeServices().stream()
                    .filter(service -> !service.known())
                    .map(ComputeService::host)
                    .sorted()
                    .toList();
            if (!silentHosts.isEmpty()) {
                doubts.add("Nova cannot tell the state of the compute services on "
                        + String.join(", ", silentHosts.subList(0, Math.min(5, silentHosts.size())))
                        + (silentHosts.size() > 5 ? ", …" : "") + ": a cell does not answer");
            }
        } catch (NovaException.Missing e) {
            doubts.add("Placement could not be asked who is on " + host + " (" + why + "), and " + e.getMessage());
            return;
        } catch (NovaException.Refused e) {
            if (e.status() != 403) {
                throw e;
            }
            doubts.add("Placement could not be asked who is on " + host + " (" + why
                    + "), and neither could Nova be for all" + " servers (" + e.getMessage() + ")");
            return;
        }
        Set<String> onList = listed.stream().map(Server::id).collect(Collectors.toSet());
        all.stream()
                .filter(server -> host.equals(server.host()) && !onList.contains(server.id()))
                .forEach(missing::add);
        long unknown = all.stream().filter(server -> !server.known()).count();
        if (unknown > 0) {
            doubts.add("Placement could not be asked who is on " + host + " (" + why + "), and Nova tells nothing of "
                    + Words.servers(unknown) + ", whose cell does not answer");
        }
    }
}
