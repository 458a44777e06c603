package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Risk;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Specs;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Ways;
import java.util.Optional;

/**
 * A virtual TPM. Nova refuses to evacuate it, and to move it live unless its secret is the host's
 * ({@code hw:tpm_secret_security=host}, from 2026.1 and 2.103 on with new computes; nova/compute/api.py,
 * reject_vtpm_instances and reject_legacy_vtpm_live_migration). Cold it can be moved.
 */
final class VtpmFilter implements ServerFilter, Risk {

    private static final int LIVE_SINCE = 103;

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        Optional<String> version = Specs.value(server, "hw:tpm_version");
        if (version.isEmpty()) {
            return Optional.empty();
        }
        String has = "has a virtual TPM " + version.get() + ", and Nova ";
        return switch (Ways.wanted(server, context)) {
            case REBUILD ->
                Optional.of(Verdict.blocked(
                        has + "evacuates no such server",
                        "Its TPM's data is on the host only: repair the host, or let its owner build it anew."));
            case LIVE ->
                mayGoLive(server, context)
                        ? Optional.empty()
                        : Optional.of(Ways.notLive(
                                server,
                                context,
                                has + "moves that live only from 2026.1 on and with hw:tpm_secret_security=host"));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> of(Server server, PlanContext context, Action action) {
        return action == Action.LIVE && Specs.value(server, "hw:tpm_version").isPresent()
                ? Optional.of("has a virtual TPM, which moves live once all computes are of 2026.1")
                : Optional.empty();
    }

    private static boolean mayGoLive(Server server, PlanContext context) {
        boolean hostsSecret = Specs.extra(server, "hw:tpm_secret_security")
                .filter("host"::equals)
                .isPresent();
        return hostsSecret
                && (context.estate().newest() == null
                        || context.estate().newest().atLeast(LIVE_SINCE));
    }
}
