package io.jenkins.plugins.nova.rehearsal.engine;

/** A call that a controller's sandbox refuses; a script may catch it, as there. */
public final class RejectedAccess extends SecurityException {
    private static final long serialVersionUID = 1L;

    /** @param what kind, class, member and the classes of the arguments */
    public RejectedAccess(String what) {
        super("Scripts not permitted to use " + what + " (-Dsandbox=off if the pipeline runs outside the sandbox)");
    }
}
