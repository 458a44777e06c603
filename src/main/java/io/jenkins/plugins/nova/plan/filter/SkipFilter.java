package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.OwnersWord;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Wish;
import java.util.Optional;

/** A server that its owner wants left where it is ({@code maintenance: skip}). Its host is then not empty, and the drain says so. */
final class SkipFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        boolean left = OwnersWord.of(server).is(OwnersWord.Kind.SKIP)
                && !context.wish().approved(server);
        if (!left) {
            return Optional.empty();
        }
        String why = "its owner wants it left where it is (maintenance: skip)";
        String hint = "Agree with its owner; then name it in approve to move it all the same.";
        return Optional.of(
                context.route() == Route.BY_STATE || context.route() == Route.REBUILD
                        ? new Verdict(Action.SKIP, why, hint, Wish.APPROVE, false)
                        : Verdict.blockedUnless(Wish.APPROVE, why, hint));
    }
}
