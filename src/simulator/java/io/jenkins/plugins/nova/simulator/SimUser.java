package io.jenkins.plugins.nova.simulator;

import java.util.List;

/** A Keystone user with its project, roles and, when it has one, an application credential (else both null). */
record SimUser(
        String id,
        String name,
        String password,
        String projectId,
        String projectName,
        List<String> roles,
        String credentialId,
        String credentialSecret) {
    SimUser {
        roles = List.copyOf(roles);
    }

    boolean admin() {
        return roles.contains("admin");
    }

    /** What its application credential is called; null without one. */
    String credentialName() {
        return credentialId == null ? null : name + "-credential";
    }

    /** The password and the secret stay out of every message. */
    @Override
    public String toString() {
        return "user " + name + " of project " + projectName;
    }
}
