package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.util.Secret;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import java.util.List;

/** What the three kinds of credentials that a cloud accepts have in common: which they are, and how they log in. */
final class OpenStackCredentials {

    /** The kinds, as messages name them. */
    static final String KINDS =
            "'OpenStack application credential', 'OpenStack user and password' or" + " 'Username with password'";

    private OpenStackCredentials() {}

    /** Matches the three kinds. */
    static CredentialsMatcher accepted() {
        return CredentialsMatchers.anyOf(
                CredentialsMatchers.instanceOf(OpenStackApplicationCredentials.class),
                CredentialsMatchers.instanceOf(OpenStackPasswordCredentials.class),
                CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));
    }

    /** What a credential's domain must allow for it to be shown to this identity service; null or empty: anything. */
    static List<DomainRequirement> requirements(String identityUrl) {
        return identityUrl == null
                ? URIRequirementBuilder.create().build()
                : URIRequirementBuilder.fromUri(identityUrl).build();
    }

    /** A name for lists. */
    static String label(String name, String description) {
        return description == null || description.isBlank() ? name : name + " (" + description + ")";
    }

    /**
     * How this credential logs in to that cloud.
     *
     * @param parameter name of the parameter that named the credential, for messages
     * @throws CloudProblem when it is of another kind, or lacks something
     */
    static Login login(StandardCredentials credentials, NovaCloud cloud, String parameter) {
        String shown = parameter + ": the credential '" + credentials.getId() + "'";
        if (credentials instanceof OpenStackApplicationCredentials application) {
            return new Login.ApplicationCredential(
                    needed(application.getApplicationCredentialId(), shown, "application credential id"),
                    secret(application.getSecret(), shown, "secret"));
        }
        if (credentials instanceof OpenStackPasswordCredentials password) {
            return new Login.Password(
                    needed(password.getUser(), shown, "user"),
                    password.getUserDomain(),
                    secret(password.getPassword(), shown, "password"),
                    needed(password.getProject(), shown, "project"),
                    password.getProjectDomain());
        }
        if (credentials instanceof StandardUsernamePasswordCredentials plain) {
            if (cloud.getProject() == null) {
                throw new CloudProblem(
                        shown + " is a plain username and password, which names no project, and the cloud '"
                                + cloud.getName() + "' has none either: fill in 'Project' of the cloud under "
                                + NovaClouds.WHERE
                                + ", or use a credential of the kind 'OpenStack user and password'");
            }
            return new Login.Password(
                    needed(plain.getUsername(), shown, "username"),
                    cloud.getUserDomain(),
                    secret(plain.getPassword(), shown, "password"),
                    cloud.getProject(),
                    cloud.getProjectDomain(),
                    plain.isUsernameSecret());
        }
        throw new CloudProblem(shown + " is of a kind that OpenStack cannot use ("
                + credentials.getClass().getSimpleName() + "): name one of the kind " + KINDS);
    }

    private static String needed(String value, String shown, String what) {
        if (value == null || value.isBlank()) {
            throw new CloudProblem(shown + " has no " + what + ": edit it under Manage Jenkins » Credentials");
        }
        return value;
    }

    private static String secret(Secret value, String shown, String what) {
        return needed(value == null ? null : value.getPlainText(), shown, what);
    }
}
