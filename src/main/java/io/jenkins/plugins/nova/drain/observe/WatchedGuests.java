package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import io.jenkins.plugins.nova.drain.guest.GuestOrder;
import io.jenkins.plugins.nova.plan.ServerReferences;
import io.jenkins.plugins.nova.plan.ServerReferences.Resolved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which guests an order looks at: those of the servers of its plan, by the same law as all that names servers. Pure.
 *
 * @param addresses where, by servers' ids
 * @param refusal why the step is to be refused, with the parameter, the name and the way out; empty when it is not
 * @param unknown the same where a reference is to no server that is to be moved, which it may only be in an order for more hosts
 * @param remarks what was named by name and stands for which id, and what stands for no server; in words
 */
public record WatchedGuests(
        Map<String, GuestAddress> addresses, Optional<String> refusal, Optional<String> unknown, List<String> remarks) {

    /** The parameter that names them. */
    public static final String PARAMETER = "watch";

    public WatchedGuests {
        addresses = Map.copyOf(addresses);
        remarks = List.copyOf(remarks);
    }

    /**
     * @param known the ids of the servers that the references are among
     */
    static WatchedGuests of(GuestOrder order, ServerReferences references, Set<String> known) {
        Map<String, GuestAddress> addresses = new LinkedHashMap<>();
        List<String> refusals = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (String reference : order.guests().keySet().stream().sorted().toList()) {
            Resolved meant = references.resolve(PARAMETER, List.of(reference));
            meant.refusal().ifPresent(refusals::add);
            remarks.addAll(meant.remarks());
            if (meant.refusal().isEmpty() && meant.ids().stream().noneMatch(known::contains)) {
                unknown.add("'" + reference + "'");
            }
            for (String id : meant.ids()) {
                if (addresses.put(id, order.guests().get(reference)) != null) {
                    refusals.add(PARAMETER + ": '" + reference + "' and another entry are the same server, " + id
                            + "; name it once.");
                }
            }
        }
        return new WatchedGuests(
                addresses,
                refusals.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", refusals)),
                order.ofMoreHosts() || unknown.isEmpty() ? Optional.empty() : Optional.of(unknown(unknown)),
                remarks);
    }

    private static String unknown(Set<String> references) {
        return PARAMETER + ": none of the servers that this step is about is "
                + references.stream().collect(Collectors.joining(" or "))
                + "; give ids or exact names of servers that are to be moved, or leave them out.";
    }
}
