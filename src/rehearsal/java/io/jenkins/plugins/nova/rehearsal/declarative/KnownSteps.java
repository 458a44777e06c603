package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.Optional;

/** What is known of the steps that a pipeline may call. */
public interface KnownSteps {
    /** Whether there is a step of that name. */
    boolean has(String name);

    /** Whether the operator lets pass what has that name: a step, an option, a trigger, a parameter, an agent. */
    boolean isStubbed(String name);

    /** A library is asked for; whether it is at hand. */
    boolean asksForLibrary(String name);

    /** Whether a block may follow it. */
    boolean takesBlock(String name);

    /** How it is called; empty if that is not known, as of a step that is let pass. */
    Optional<Form> form(String name);
}
