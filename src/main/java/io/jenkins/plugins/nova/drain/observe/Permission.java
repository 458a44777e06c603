package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.plan.ServerReferences;
import io.jenkins.plugins.nova.plan.ServerReferences.Known;
import io.jenkins.plugins.nova.plan.ServerReferences.Resolved;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an order permits besides the usual, and of which servers: those of the plan. A server that comes later is covered by its
 * id or by "all", never by a name that its owner gave it. Pure.
 *
 * @param approved the servers of {@code approve}
 * @param diskLoss the servers of {@code deadHost.allowDiskLoss}
 * @param leave the servers of {@code leave}
 * @param guests the servers of {@code watch}
 */
public record Permission(Resolved approved, Resolved diskLoss, Resolved leave, WatchedGuests guests) {

    /** Of these servers, which are to be planned. */
    public static Permission of(DrainOrder order, Collection<Known> servers) {
        ServerReferences references = ServerReferences.among(servers);
        if (!order.seats().isEmpty() || (servers.isEmpty() && !byName(order))) {
            // in a roll they are those of all its hosts, and most are on others; and where nothing is, that is told by
            // itself
            references = references.ofMorePlans();
        }
        return new Permission(
                references.resolve("approve", order.approve()),
                references.resolve("deadHost.allowDiskLoss", order.allowDiskLoss()),
                references.resolve("leave", order.leave()),
                WatchedGuests.of(
                        order.guests(),
                        references,
                        servers.stream().map(Known::id).collect(Collectors.toSet())));
    }

    /** Once the plan is made: of its servers, by the names that they had then. */
    public static Permission of(DrainState state) {
        return of(
                state.order(),
                state.servers().stream()
                        .filter(server -> server.planned() != null)
                        .map(server -> new Known(server.id(), server.name(), server.project()))
                        .toList());
    }

    /** Before it is: of the servers that a look shows for it. */
    public static Permission of(DrainOrder order, Observation observed) {
        return of(
                order,
                Stream.of(
                                observed.onHost().stream(),
                                observed.read().values().stream(),
                                observed.references().values().stream()
                                        .filter(found -> found.size() == 1)
                                        .flatMap(List::stream))
                        .flatMap(servers -> servers)
                        .filter(Objects::nonNull)
                        .map(Known::of)
                        .toList());
    }

    /** Whether an order names servers so that it must be looked at which they are: by name, or such as must be there. */
    static boolean byName(DrainOrder order) {
        return ServerReferences.anyName(order.approve())
                || ServerReferences.anyName(order.allowDiskLoss())
                || ServerReferences.anyName(order.leave())
                || !order.guests().guests().isEmpty();
    }

    /** Why the step is refused; empty when it is not. */
    public Optional<String> refusal() {
        List<String> why = Stream.concat(
                        Stream.of(approved, diskLoss, leave).flatMap(resolved -> resolved.refusal().stream()),
                        guests.refusal().stream())
                .toList();
        return why.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", why));
    }

    /** What is to be told: which servers were meant by a name, and what stands for none. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>(approved.remarks());
        remarks.addAll(diskLoss.remarks());
        remarks.addAll(leave.remarks());
        remarks.addAll(guests.remarks());
        return remarks;
    }
}
