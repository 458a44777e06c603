package io.jenkins.plugins.nova.simulator;

import java.util.List;

/**
 * A Keystone user with its project, roles and, when it has one, an application credential (else both null).
 *
 * @param accessRules all that the application credential may ask for; null where it is not bound to any
 */
record SimUser(
        String id,
        String name,
        String password,
        String projectId,
        String projectName,
        List<String> roles,
        String credentialId,
        String credentialSecret,
        List<AccessRule> accessRules) {
    SimUser {
        roles = List.copyOf(roles);
        accessRules = accessRules == null ? null : List.copyOf(accessRules);
    }

    SimUser boundTo(List<AccessRule> rules) {
        return new SimUser(id, name, password, projectId, projectName, roles, credentialId, credentialSecret, rules);
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
