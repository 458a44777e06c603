package io.jenkins.plugins.nova.api.openstack4j.identity;

import java.util.Objects;

/** With what to log in to Keystone. No {@code toString} shows a secret. */
public sealed interface Login permits Login.Password, Login.ApplicationCredential {

    /** What stands where a secret would be. */
    String HIDDEN = "****";

    /** Whether the name of the user is a secret. */
    default boolean hidesUser() {
        return this instanceof Password password && password.userSecret();
    }

    /**
     * A user's password, scoped to a project.
     *
     * @param user name of the user
     * @param userDomain name of the user's domain
     * @param password the secret
     * @param project name of the project
     * @param projectDomain name of the project's domain
     * @param userSecret whether nobody is to be shown the name of the user either
     */
    record Password(
            String user, String userDomain, String password, String project, String projectDomain, boolean userSecret)
            implements Login {
        public Password {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(userDomain, "userDomain");
            Objects.requireNonNull(password, "password");
            Objects.requireNonNull(project, "project");
            Objects.requireNonNull(projectDomain, "projectDomain");
        }

        /** A login whose user may be shown. */
        public Password(String user, String userDomain, String password, String project, String projectDomain) {
            this(user, userDomain, password, project, projectDomain, false);
        }

        @Override
        public String toString() {
            return "user " + (userSecret ? HIDDEN : user) + " (" + userDomain + ") of project " + project + " ("
                    + projectDomain + ")";
        }
    }

    /**
     * An application credential, which carries its user and project.
     *
     * @param id its id, not its name
     * @param secret the secret
     */
    record ApplicationCredential(String id, String secret) implements Login {
        public ApplicationCredential {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(secret, "secret");
        }

        @Override
        public String toString() {
            return "application credential " + id;
        }
    }
}
