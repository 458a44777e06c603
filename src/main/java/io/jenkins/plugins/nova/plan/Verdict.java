package io.jenkins.plugins.nova.plan;

/**
 * A filter's word on a server.
 *
 * @param action what is to be done
 * @param reason why, in words for an operator; empty where the action needs no explanation
 * @param hint what to do about it; empty when there is nothing to do
 * @param override the step's parameter that would change the verdict, such as {@code allowDiskLoss}; null when none may
 * @param passing whether the verdict is likely to change by itself soon (a task is under way): a drain waits for it
 */
public record Verdict(Action action, String reason, String hint, String override, boolean passing) {

    /** To be moved in this way. */
    public static Verdict move(Action action) {
        return new Verdict(action, "", "", null, false);
    }

    /** To be moved in this way, for a reason worth saying. */
    public static Verdict move(Action action, String reason) {
        return new Verdict(action, reason, "", null, false);
    }

    /** Cannot be moved. */
    public static Verdict blocked(String reason, String hint) {
        return new Verdict(Action.BLOCKED, reason, hint, null, false);
    }

    /** Cannot be moved unless the step's parameter {@code override} says otherwise. */
    public static Verdict blockedUnless(String override, String reason, String hint) {
        return new Verdict(Action.BLOCKED, reason, hint, override, false);
    }

    /** Cannot be moved now, but probably soon. */
    public static Verdict busy(String reason) {
        return new Verdict(
                Action.BLOCKED, reason, "Wait until Nova has finished, then run the step again.", null, true);
    }

    /** Needs nothing. */
    public static Verdict skip(String reason) {
        return new Verdict(Action.SKIP, reason, "", null, false);
    }

    /** Whether the server is to be acted on. */
    public boolean acts() {
        return action != Action.SKIP && action != Action.BLOCKED;
    }
}
