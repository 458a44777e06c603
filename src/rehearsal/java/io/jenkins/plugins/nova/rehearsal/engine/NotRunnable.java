package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.Arrays;

/**
 * The rehearsal cannot go on without pretending: a step it does not know, a section it does not have. An {@code Error}
 * so that no {@code catch (Exception e)} of a Jenkinsfile takes it for a failure of its own.
 */
public final class NotRunnable extends Error {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is missing, where, and what may be done
     */
    public NotRunnable(String message) {
        super(message);
    }

    /** What is missing and what may be done, after the line of the pipeline if that is known from where it was thrown alone. */
    public String words() {
        Place place = Place.of(Arrays.asList(getStackTrace()));
        return getMessage().contains(": line ") ? getMessage() : place.before() + getMessage();
    }
}
