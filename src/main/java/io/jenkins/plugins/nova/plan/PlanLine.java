package io.jenkins.plugins.nova.plan;

/**
 * One server of an approved plan.
 *
 * @param id its id
 * @param name for people; not part of what is approved
 * @param action what is done with it, once a task of Nova's that is under way has ended
 * @param flavor its flavor's name, which tells a resize from the move that was approved; empty where it is not known
 * @param status its status then, to say later what has changed; not part of what is approved
 */
public record PlanLine(String id, String name, Action action, String flavor, String status) {

    public PlanLine {
        flavor = flavor == null ? "" : flavor;
    }

    String shown() {
        return name == null || name.isEmpty() ? id : name;
    }
}
