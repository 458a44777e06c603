package io.jenkins.plugins.nova.rehearsal.engine;

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
}
