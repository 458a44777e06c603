package io.jenkins.plugins.nova.rehearsal;

import hudson.model.Result;

/** How a rehearsal ended, and the exit status that says so. */
public enum Ending {
    SUCCESS(0, "32"),
    FAILURE(1, "31"),
    UNSTABLE(2, "33"),
    ABORTED(3, "35"),
    NOT_RUNNABLE(4, "31");

    private final int status;
    private final String colour;

    Ending(int status, String colour) {
        this.status = status;
        this.colour = colour;
    }

    /** The exit status. */
    public int status() {
        return status;
    }

    String colour() {
        return colour;
    }

    static Ending of(Result result) {
        if (result == Result.NOT_BUILT) {
            return FAILURE;
        }
        return valueOf(result.toString());
    }
}
