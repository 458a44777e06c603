package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.observe.Permission;
import io.jenkins.plugins.nova.drain.text.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The preconditions that must hold before anything is changed. Each answers in words why the step is refused. */
final class Preconditions {

    private final DrainOrder order;
    private final Observation observed;
    private final Holders holders;

    Preconditions(DrainOrder order, Observation observed, Holders holders) {
        this.order = order;
        this.observed = observed;
        this.holders = holders;
    }

    /** Why the order is refused; empty when it may go on. */
    Optional<String> refusal() {
        return seesAllProjects()
                .or(this::hostKnown)
                .or(this::hostState)
                .or(this::targetFit)
                .or(this::serversKnown)
                .or(() -> Permission.of(order, observed).refusal())
                .or(this::guestsKnown)
                .or(() -> Optional.ofNullable(observed.noCanary()))
                .or(() -> Optional.ofNullable(observed.noFailover()));
    }

    private Optional<String> seesAllProjects() {
        if (observed.seesAllProjects()) {
            return Optional.empty();
        }
        return Optional.of("The user '" + observed.identity().userName() + "' in project '"
                + observed.identity().projectName() + "' (roles "
                + observed.identity().roles()
                + ") does not see the servers of"
                + " all projects on " + observed.identity().cloud() + ", so an empty list would prove nothing. Use a"
                + " credential with the admin role (parameter credentialsId).");
    }

    private Optional<String> hostKnown() {
        if (order.host() == null || observed.service(order.host()).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(unknown(
                "host", order.host(), "there is no compute service on a host called exactly '" + order.host() + "'. "));
    }

    /** Why a host has no compute service ({@code missing}, as a sentence), with the names that may have been meant. */
    private String unknown(String parameter, String host, String missing) {
        Optional<Hypervisor> byHypervisor = observed.hypervisors().stream()
                .filter(hypervisor -> hypervisor.hostname().equals(host))
                .findFirst();
        if (byHypervisor.isPresent()) {
            return parameter + ": '" + host + "' is the name of a hypervisor; its compute service is '"
                    + byHypervisor.get().host() + "'. Name that.";
        }
        String lower = host.toLowerCase(Locale.ROOT);
        List<String> all =
                observed.services().stream().map(ComputeService::host).sorted().toList();
        List<String> alike = all.stream()
                .filter(name ->
                        name.toLowerCase(Locale.ROOT).contains(lower) || lower.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        List<String> shown = alike.isEmpty() ? all : alike;
        String names = String.join(", ", shown.subList(0, Math.min(10, shown.size())));
        return parameter + ": " + missing
                + (alike.isEmpty() ? "There are: " : "Did you mean: ") + names + (shown.size() > 10 ? ", …" : "")
                + (alike.isEmpty() ? "." : "?");
    }

    private Optional<String> hostState() {
        if (!order.emptiesHost()) {
            return Optional.empty();
        }
        ComputeService service = observed.service(order.host()).orElseThrow();
        if (!service.known()) {
            return Optional.of("host: Nova cannot tell anything about the compute service of '" + order.host()
                    + "': its cell does not answer (status UNKNOWN). Its servers cannot be listed, and nothing can be asked"
                    + " of it. See that the cell's database and message queue answer, then run the step again.");
        }
        if (service.up() || order.fenced()) {
            return Optional.empty();
        }
        String since = service.updated() == null ? "" : " since " + Times.at(service.updated());
        return Optional.of("host: the compute service of '" + order.host() + "' is "
                + (service.forcedDown() ? "forced down" : "down" + since)
                + ". Its servers can only be rebuilt elsewhere, and a host that still runs them would write to the same"
                + " disks. Make sure that it is powered off or cut from network and storage, then say"
                + " deadHost: deadHost(fenced: true).");
    }

    private Optional<String> targetFit() {
        String target = order.targetHost();
        if (target == null) {
            return Optional.empty();
        }
        Optional<ComputeService> service = observed.service(target);
        String problem;
        if (service.isEmpty()) {
            return Optional.of(unknown("targetHost", target, "'" + target + "' has no compute service. ")
                    + " Or leave it out and let Nova's scheduler choose.");
        } else if (target.equals(order.host())) {
            problem = "is the host that is to be emptied";
        } else if (!service.get().known()) {
            problem = "is UNKNOWN to Nova, for its cell does not answer: it counts as down";
        } else if (!service.get().up()) {
            problem = "is down";
        } else if (!service.get().enabled()) {
            problem = "is disabled (" + holders.told(service.get().disabledReason()) + ")";
        } else {
            return Optional.empty();
        }
        return Optional.of("targetHost: '" + target + "' " + problem + ". Name another, or leave it out and let Nova's"
                + " scheduler choose.");
    }

    /** In an order that settles what left a host, its servers are not known yet. */
    private Optional<String> guestsKnown() {
        boolean residue = order.settles() && order.servers().isEmpty();
        return residue
                ? Optional.empty()
                : Permission.of(order, observed).guests().unknown();
    }

    private String unreadable() {
        return observed.setAside().stream()
                .filter(row -> row.kind() == OddRow.Kind.SERVER)
                .findFirst()
                .map(row -> ", as far as Nova tells; it may be one that was set aside, " + row.words())
                .orElse("");
    }

    private Optional<String> serversKnown() {
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, List<Server>> reference : observed.references().entrySet()) {
            List<Server> found = reference.getValue();
            if (found.isEmpty() && !observed.gone().contains(reference.getKey())) {
                problems.add("server: there is no server with the id or exact name '" + reference.getKey() + "'"
                        + unreadable() + ".");
            } else if (found.size() > 1) {
                problems.add("server: '" + reference.getKey() + "' is the name of " + found.size()
                        + " servers; name one by its id: "
                        + String.join(
                                ", ",
                                found.stream()
                                        .map(server -> server.id() + " (" + server.status() + " on " + server.host()
                                                + ", project " + server.projectId() + ")")
                                        .toList()));
            }
        }
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", problems));
    }
}
