package io.jenkins.plugins.nova.simulator;

/** An authenticated call of Nova at a microversion. */
record Call(Request request, SimUser user, int minor) {

    boolean atLeast(int wantedMinor) {
        return minor >= wantedMinor;
    }

    /** Refuses users without the admin role, in the words of a policy. */
    void needAdmin(String policy) {
        if (!user.admin()) {
            throw ApiError.forbidden(policy);
        }
    }

    /** Refuses users who neither are admin nor belong to the server's project. */
    boolean sees(SimServer server) {
        return user.admin() || server.owner.projectId().equals(user.projectId());
    }

    Call withRequest(Request other) {
        return new Call(other, user, minor);
    }
}
