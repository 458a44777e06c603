package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import java.util.Optional;

/**
 * Confirm and revert: only a server in VERIFY_RESIZE, and only while the compute service of its source is up. A revert is sent to
 * the compute service where the server is and goes on at the source (nova/compute/api.py, revert_resize casts to
 * migration.dest_compute): without the first it stays REVERT_RESIZE until that is back, seen on Zed.
 */
final class ResizeFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        if (context.route() != Route.CONFIRM && context.route() != Route.REVERT) {
            return Optional.empty();
        }
        String step = context.route() == Route.CONFIRM ? "confirmResize" : "revertResize";
        if (!"resized".equals(server.vmState())) {
            return Optional.of(
                    Verdict.blocked(
                            "is " + server.status() + ", not VERIFY_RESIZE: there is nothing to "
                                    + (context.route() == Route.CONFIRM ? "confirm" : "revert"),
                            "Its owner or Nova's resize_confirm_window may have confirmed it; look at its host before you go on."));
        }
        String source = context.estate().resizeSources().get(server.id());
        if (source == null) {
            return Optional.of(Verdict.blocked(
                    "is VERIFY_RESIZE, but Nova shows no migration of it in status finished",
                    "Nova would answer 'Instance has not been resized.'; look at os-migrations for this server."));
        }
        if (context.isUnknown(source)) {
            return Optional.of(Verdict.busy("Nova cannot tell whether the compute service of its source " + source
                    + " is up, which " + step + " needs: its cell does not answer (status UNKNOWN)"));
        }
        if (context.isDown(source)) {
            return Optional.of(Verdict.blocked(
                    "the compute service of its source " + source + " is down, and " + step + " needs it",
                    "Start nova-compute on " + source + " first: Nova cleans up there (bug 1856925)."));
        }
        if (context.route() == Route.REVERT && context.isDown(server.host())) {
            return Optional.of(Verdict.blocked(
                    "the compute service of " + server.host() + ", where it is, is down, and a revert begins there",
                    "Start nova-compute on " + server.host()
                            + " first: Nova would take the request, and the server would stay" + " REVERT_RESIZE."));
        }
        return Optional.of(Verdict.move(context.route() == Route.CONFIRM ? Action.CONFIRM : Action.REVERT));
    }
}
