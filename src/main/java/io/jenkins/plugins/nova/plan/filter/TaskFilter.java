package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Ages;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.Evacuation;
import io.jenkins.plugins.nova.plan.PlanContext;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.Verdict;
import io.jenkins.plugins.nova.plan.Wish;
import java.time.Duration;
import java.util.Optional;

/**
 * A server that somebody is at work with. Nova refuses to move a server that a task holds (409); evacuate alone does not look at
 * it (nova/compute/api.py), and takes a second evacuation beside one that is under way (bug 1978983): two guests on one volume.
 *
 * <p>A task, or a record of a migration, that has not changed for long is nobody's work any more: it is told with its age, and
 * is not waited for.
 */
final class TaskFilter implements ServerFilter {

    @Override
    public Optional<Verdict> judge(Server server, PlanContext context) {
        String task = server.taskState();
        Estate estate = context.estate();
        if (context.route() == Route.REBUILD) {
            return Evacuation.atWork(server, estate, context.wish().approved(server))
                    .map(evacuation -> evacuated(server, evacuation, context));
        }
        if (task == null) {
            return Optional.empty();
        }
        String record = estate.underWay(server.id()).map(TaskFilter::record).orElse("");
        Optional<Duration> age = estate.age(server.updated()).filter(time -> time.compareTo(Evacuation.STALE) > 0);
        boolean moves = task.equals("migrating") || task.startsWith("resize_");
        if (age.isPresent()) {
            return Optional.of(Verdict.blocked(
                    "has been in task " + task + " since " + server.updated() + " (" + Ages.words(age.get())
                            + " without a change" + record + "): nothing is at work on it any more, as it seems",
                    stuck(server, moves)));
        }
        if (task.equals("deleting") || task.equals("soft-deleting")) {
            return Optional.of(Verdict.busy("is being deleted (task " + task + ")"));
        }
        return Optional.of(Verdict.busy(
                moves
                        ? "is being moved already, and not by this step (task " + task + record + ")"
                        : "Nova is busy with it (task " + task + ")"));
    }

    private static Verdict evacuated(Server server, Migration evacuation, PlanContext context) {
        Optional<Duration> age =
                context.estate().age(evacuation.updated()).filter(time -> time.compareTo(Evacuation.STALE) > 0);
        String what = "is being evacuated already, and not by this step (task " + server.taskState()
                + record(evacuation) + ")";
        if (age.isEmpty()) {
            return Verdict.busy(what);
        }
        return Verdict.blockedUnless(
                Wish.APPROVE,
                what + ", and that has not changed for " + Ages.words(age.get()),
                "Find out whether anybody is still at it: a second evacuation beside the first runs two guests on one volume."
                        + " Once you are sure that nobody is, name the server in approve.");
    }

    private static String record(Migration migration) {
        return ", " + migration.type() + " " + migration.id() + " " + migration.status()
                + (migration.targetHost() == null ? "" : " to " + migration.targetHost())
                + (migration.userId() == null ? "" : " of user " + migration.userId());
    }

    private static String stuck(Server server, boolean moves) {
        return (moves
                        ? "See openstack server migration list --server " + server.id()
                                + " and the guest on both hosts. If nothing moves it, openstack server set --state active "
                        : "See openstack server event list " + server.id()
                                + ". If nothing works on it, openstack server set --state active ")
                + server.id() + " ends the task; then run the step again.";
    }
}
