package io.jenkins.plugins.nova.simulator;

/** The ids that the simulated Keystone gives. */
public final class Ids {

    private Ids() {}

    /** Of a user. */
    public static String user(String name) {
        return World.uuid("user " + name).replace("-", "");
    }

    /** Of a project. */
    public static String project(String name) {
        return World.uuid("project " + name).replace("-", "");
    }
}
