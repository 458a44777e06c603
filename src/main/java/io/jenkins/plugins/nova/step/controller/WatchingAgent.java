package io.jenkins.plugins.nova.step.controller;

import hudson.AbortException;
import hudson.model.Action;
import hudson.model.CauseAction;
import hudson.model.Computer;
import hudson.model.InvisibleAction;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.labels.LabelAssignmentAction;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import hudson.model.queue.SubTask;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.nova.drain.guest.GuestOrder;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** The agent from which guests are looked at: known by its name alone, for it may go and come back, and the controller too. */
public final class WatchingAgent {

    /** The parameter that names it. */
    public static final String PARAMETER = "watchFrom";

    /** The name that Jenkins has for the controller's own node, as in {@code node('built-in')}. */
    public static final String CONTROLLER = "built-in";

    private static final int MOST_NAMED = 10;

    private WatchingAgent() {}

    /**
     * Sees that the build that a step belongs to may use the agent, as {@code node('name')} would have it. To be called by the thread
     * that starts the step, which runs as the build's user.
     *
     * @param order which guests are looked at, and from where
     * @param build of the step
     * @param now whether it is going to be used, so that it has to be there now
     * @throws AbortException with the way out
     */
    public static void checkBuild(GuestOrder order, Run<?, ?> build, boolean now) throws AbortException {
        if (order.from() != null && !order.guests().isEmpty() && DrainThreads.hasAgents()) {
            checkBuild(order.from(), build, Jenkins.getAuthentication2(), now);
        }
    }

    /** The same of a build of this user. */
    static void checkBuild(String name, Run<?, ?> build, Authentication user, boolean now) throws AbortException {
        Node agent = Jenkins.get().getNode(name);
        check(agent != null, name, "this Jenkins has no agent of that name; give " + names(user));
        String refusal = refusal(agent, build, user);
        check(
                refusal == null,
                name,
                "this build may not use that agent (" + refusal + "), as node('" + name + "') could not either; give "
                        + names(user));
        Computer computer = agent.toComputer();
        check(
                !now || computer != null && !computer.isOffline(),
                name,
                "that agent is offline, so nobody could look at guests from it; bring it online, give another, or leave out watch");
    }

    private static void check(boolean good, String name, String wayOut) throws AbortException {
        if (!good) {
            throw new AbortException(PARAMETER + ": '" + name + "' will not do; " + wayOut + ".");
        }
    }

    /** The agents that such a user may give. */
    private static String names(Authentication user) {
        List<String> names = Jenkins.get().getNodes().stream()
                .filter(node -> node.hasPermission2(user, Computer.BUILD))
                .map(Node::getNodeName)
                .sorted()
                .toList();
        String more = names.size() > MOST_NAMED ? ", or another of " + names.size() + " agents" : "";
        return names.stream().limit(MOST_NAMED).map(name -> "'" + name + "', ").collect(Collectors.joining()) + "or '"
                + CONTROLLER + "' for the controller" + more;
    }

    /**
     * Why Jenkins would give the build no executor there, were one free; null when it would. Asked as its queue asks
     * (hudson.model.Queue.JobOffer.getCauseOfBlockage): the permission, the properties of the node, and whoever else has a say.
     */
    private static String refusal(Node agent, Run<?, ?> build, Authentication user) {
        if (!agent.hasPermission2(user, Computer.BUILD)) {
            return user.getName() + " lacks the permission Agent/Build";
        }
        if (!(build.getParent() instanceof Queue.Task task)) {
            return "its job is none that Jenkins queues";
        }
        List<Action> actions = new ArrayList<>(List.of(new Tied(agent.getSelfLabel())));
        CauseAction causes = build.getAction(CauseAction.class);
        if (causes != null) {
            actions.add(causes);
        }
        Calendar now = new GregorianCalendar();
        Queue.BuildableItem item = new Queue.BuildableItem(new Queue.WaitingItem(now, task, actions));
        try {
            CauseOfBlockage blocked = agent.canTake(item);
            for (QueueTaskDispatcher dispatcher : QueueTaskDispatcher.all()) {
                blocked = blocked != null ? blocked : dispatcher.canTake(agent, item);
            }
            return blocked == null ? null : String.valueOf(blocked.getShortDescription());
        } catch (RuntimeException broken) {
            // another plugin's, and a refusal to Jenkins's queue too
            return "it could not be found out: " + broken.getMessage();
        }
    }

    /** The way to it; null while it is not connected, or no more there. */
    static VirtualChannel channel(String name) {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        Node agent = jenkins == null ? null : jenkins.getNode(name);
        return agent == null ? null : agent.getChannel();
    }

    /** Whether there is an agent of this name, or it is the controller's. */
    public static boolean exists(String name) {
        return CONTROLLER.equals(name) || Jenkins.get().getNode(name) != null;
    }

    /** Says that a build asks for this label alone, as {@code node('name')} does. */
    private static final class Tied extends InvisibleAction implements LabelAssignmentAction {
        private final Label label;

        Tied(Label label) {
            this.label = label;
        }

        @Override
        public Label getAssignedLabel(SubTask task) {
            return label;
        }
    }
}
