package io.jenkins.plugins.nova.drain.turn;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.PlannedServer;
import io.jenkins.plugins.nova.plan.roll.NextHost;
import io.jenkins.plugins.nova.plan.roll.RollBlock;
import io.jenkins.plugins.nova.plan.roll.RollShort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The plan that was made anew for one host, beside what was approved. Pure. */
final class TurnPlan {

    private static final int MOST_LINES = 50;

    private final TurnOrder order;
    private final NextHost next;

    TurnPlan(TurnOrder order, NextHost next) {
        this.order = order;
        this.next = next;
    }

    // ---- against what was approved

    /** The servers that would be stopped now though that was not approved, in words; they break the approval. */
    List<String> broken() {
        return next.moving().stream()
                .filter(this::stopped)
                .map(one -> name(one.server()) + " would be stopped and moved cold"
                        + (order.approved().containsKey(one.server().id())
                                ? ", which was to be moved "
                                        + order.approved()
                                                .get(one.server().id())
                                                .toString()
                                                .toLowerCase(Locale.ROOT)
                                : ", which came after the approval")
                        + (one.verdict().reason().isEmpty()
                                ? ""
                                : " (" + one.verdict().reason() + ")"))
                .toList();
    }

    private boolean stopped(PlannedServer one) {
        return action(one) == Action.COLD
                && "ACTIVE".equals(one.server().status())
                && order.approved().get(one.server().id()) != Action.COLD;
    }

    private static Action action(PlannedServer one) {
        return one.verdict().action();
    }

    /** What has changed and does not break the approval, and what the seats have of their own; a sentence each. */
    List<String> told() {
        List<String> lines = new ArrayList<>();
        add(
                lines,
                "Came to " + order.host() + " after the roll was approved",
                one -> approved(one) == null && !stopped(one));
        add(
                lines,
                "Moved live, where cold was approved",
                one -> approved(one) == Action.COLD && action(one) == Action.LIVE);
        add(
                lines,
                "Moved cold, where live was approved, for the guest does not run",
                one -> approved(one) == Action.LIVE && action(one) == Action.COLD && !stopped(one));
        Set<String> there = new HashSet<>();
        next.moving().forEach(one -> there.add(one.server().id()));
        long gone = order.approved().keySet().stream()
                .filter(id -> !there.contains(id))
                .count();
        if (gone > 0) {
            lines.add("Since the roll was approved: " + Quantity.servers(gone) + " of " + order.host()
                    + " left it, or will not be moved.");
        }
        next.moving().stream()
                .filter(one -> next.again().containsKey(one.server().id()))
                .limit(MOST_LINES)
                .forEach(one -> lines.add(name(one.server()) + " goes to "
                        + next.again().get(one.server().id()) + " and will move once more: " + NextHost.whyAgain()
                        + "."));
        return lines;
    }

    private Action approved(PlannedServer one) {
        return order.approved().get(one.server().id());
    }

    private void add(List<String> lines, String what, Predicate<PlannedServer> which) {
        List<String> names = next.moving().stream()
                .filter(which)
                .map(one -> name(one.server()) + " (" + action(one).toString().toLowerCase(Locale.ROOT) + ")")
                .toList();
        if (!names.isEmpty()) {
            lines.add(what + ": " + TurnTick.some(names) + ".");
        }
    }

    // ---- what it lacks

    String waitsForOwners() {
        return "somebody to see to " + Quantity.servers(next.blocked().size()) + " of it: "
                + TurnTick.some(next.blocked().stream()
                        .map(one -> name(one.server()) + " " + one.verdict().reason())
                        .toList());
    }

    String blocked() {
        return Quantity.servers(next.blocked().size()) + (next.blocked().size() == 1 ? " keeps" : " keep")
                + " it from being emptied. Nothing of it was changed."
                + lines(next.blocked().stream().map(TurnPlan::line).toList());
    }

    private static String line(RollBlock block) {
        String hint = block.verdict().hint();
        return name(block.server()) + " (" + block.server().id() + ", "
                + (block.owner().isEmpty() ? "" : "owner " + block.owner() + ", ") + "project "
                + block.server().projectId() + "): " + block.verdict().reason() + "."
                + (hint.isEmpty() ? "" : " " + hint)
                + (block.verdict().override() == null
                        ? ""
                        : " Parameter: " + block.verdict().override() + ".");
    }

    String waitsForSeats() {
        return "seats for " + Quantity.servers(next.shortages().size()) + " of it: "
                + TurnTick.some(next.shortages().stream()
                        .map(one -> name(one.server()) + " (" + one.reason() + ")")
                        .toList());
    }

    String waitsForBetterSeats() {
        return "seats from which " + Quantity.servers(next.again().size()) + " of it need not move once more";
    }

    String shortages() {
        return Quantity.servers(next.shortages().size()) + " of it "
                + (next.shortages().size() == 1 ? "has" : "have")
                + " no seat. Nothing of it was changed. Make room, then run the same job again."
                + lines(next.shortages().stream().map(RollShort::words).toList());
    }

    private static String name(Server server) {
        return server.name().isEmpty() ? server.id() : server.name();
    }

    private static String lines(List<String> all) {
        return all.stream().limit(MOST_LINES).map(line -> "\n  " + line).collect(Collectors.joining())
                + (all.size() > MOST_LINES ? "\n  and " + (all.size() - MOST_LINES) + " more" : "");
    }
}
