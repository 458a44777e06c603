package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.OwnersWord;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Ways;
import io.jenkins.plugins.nova.plan.Wish;
import java.util.Optional;

/**
 * Asked last, when nothing else speaks against the move: whether the owner's word does. {@code ask} waits for the pipeline to
 * name the server; a word that is none is taken for that. A dead host's servers do not run: of them only {@code ask} counts.
 */
final class ConsentFilter implements ServerFilter {

    private static final String AGREE = "Agree with its owner; then name it in approve.";

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        if (context.wish().approved(server)) {
            return Optional.empty();
        }
        OwnersWord word = OwnersWord.of(server);
        Action way = Ways.wanted(server, context);
        return switch (word.kind()) {
            case ASK -> unless("its owner wants to be asked first (maintenance: ask)", AGREE);
            case UNCLEAR ->
                unless(
                        "its owner says maintenance: '" + word.said() + "', which is not one of live, cold, skip, ask",
                        AGREE);
            case LIVE ->
                way == Action.COLD && !"stopped".equals(server.vmState())
                        ? unless("its owner wants its guest never stopped (maintenance: live)", AGREE)
                        : Optional.empty();
            case COLD ->
                way == Action.LIVE
                        ? unless(
                                "its owner wants it shut down and moved cold (maintenance: cold), and a live migration is"
                                        + " the way of this " + (context.route() == Route.LIVE ? "step" : "state"),
                                AGREE)
                        : Optional.empty();
            case NONE, SKIP -> Optional.empty();
        };
    }

    private static Optional<Verdict> unless(String why, String hint) {
        return Optional.of(Verdict.blockedUnless(Wish.APPROVE, why, hint));
    }
}
