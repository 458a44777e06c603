package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Risk;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * A server that is pinned to an availability zone stays in it: Nova's scheduler allows no host outside. Which zone that is
 * Nova tells from 2.96 on; before that it shows only where a server is, pinned or not.
 */
final class ZoneFilter implements ServerFilter, Risk {

    private static final int PIN_TOLD = 96;

    /** To shelve a server needs its host; to write its record does not. */
    private static String unpin(PlanContext context) {
        String always = "unpin the server: PUT /servers/{id} from microversion 2.104 on";
        return context.route() == Route.REBUILD
                ? always
                : always + ", before that openstack server shelve, then unshelve --no-availability-zone (2.91)";
    }

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        String zone = server.pinnedAvailabilityZone();
        if (zone == null || context.estate().services().isEmpty()) {
            return Optional.empty();
        }
        List<ComputeService> inZone = context.estate().services().stream()
                .filter(service -> service.zone().equals(zone))
                .toList();
        if (context.targetHost() != null) {
            boolean fits = inZone.stream().anyMatch(service -> service.host().equals(context.targetHost()));
            return fits
                    ? Optional.empty()
                    : Optional.of(Verdict.blockedUnless(
                            "targetHost",
                            "is pinned to the availability zone " + zone + ", and " + context.targetHost() + " is in "
                                    + zoneOf(context.targetHost(), context),
                            "Name a targetHost in " + zone + " or leave it out, or " + unpin(context) + "."));
        }
        boolean another = inZone.stream()
                .anyMatch(service ->
                        service.up() && service.enabled() && !service.host().equals(server.host()));
        return another
                ? Optional.empty()
                : Optional.of(Verdict.blocked(
                        "is pinned to the availability zone " + zone
                                + ", which has no other host that is up and enabled",
                        "Enable another host of " + zone + ", or " + unpin(context) + "."));
    }

    @Override
    public Optional<String> of(Server server, PlanContext context, Action action) {
        boolean told =
                context.estate().newest() == null || context.estate().newest().atLeast(PIN_TOLD);
        String zone = server.availabilityZone();
        if (told || zone == null || context.targetHost() == null) {
            return Optional.empty();
        }
        String other = zoneOf(context.targetHost(), context);
        return other.isEmpty() || other.equals(zone)
                ? Optional.empty()
                : Optional.of("is in the availability zone " + zone + " and " + context.targetHost() + " is in " + other
                        + "; this Nova does not tell whether it is pinned there");
    }

    private static String zoneOf(String host, PlanContext context) {
        return context.estate().service(host).map(ComputeService::zone).orElse("");
    }
}
