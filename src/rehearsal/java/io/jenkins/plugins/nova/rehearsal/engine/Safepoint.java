package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.Continuable;

/**
 * Where a program gives way to the others of its build: at the top of each loop and function, as on a controller
 * (workflow-cps's Safepoint). So a loop without an end holds up neither other branches, nor a timeout, nor an abort. Public, for
 * what is compiled from a Jenkinsfile calls it.
 */
public final class Safepoint {
    /** What the program yields there. */
    static final Safepoint INSTANCE = new Safepoint();

    private Safepoint() {}

    /** Called by the program. */
    public static void safepoint() {
        Continuable.suspend("safepoint", INSTANCE);
    }
}
