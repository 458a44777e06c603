package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.plan.Verdict;

/**
 * What the plan said of a server, kept as it was said: what becomes of the server later is another thing. The page shows it
 * beside that, and a review can be held against it.
 *
 * @param owner Keystone's id of the user who made the server; null when Nova does not tell
 * @param flavor its flavor's name; null when Nova does not tell
 * @param action what was to be done, in capitals; {@link #RESIDUE} for a server that had left before and waits for a confirm
 * @param reason in words; empty where there is nothing to say
 * @param hint in words; empty where there is nothing to do
 * @param override the step's parameter that would have changed the verdict; null when none may
 */
public record PlannedAs(String owner, String flavor, String action, String reason, String hint, String override) {

    /** In place of an action: nothing is done, but the host is not to be switched off before somebody settles it. */
    public static final String RESIDUE = "RESIDUE";

    /** What a plan says of a server. */
    public static PlannedAs of(Server server, Verdict verdict) {
        return new PlannedAs(
                server.userId(),
                server.flavor().name(),
                verdict.action().toString(),
                verdict.reason(),
                verdict.hint(),
                verdict.override());
    }

    /** The same for one that waits for a confirm: why, and what to do. */
    public PlannedAs residue(String why, String whatToDo) {
        return new PlannedAs(owner, flavor, RESIDUE, why, whatToDo, null);
    }
}
