package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.CredentialsNameProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.NameWith;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.Extension;
import hudson.Util;
import hudson.util.Secret;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/**
 * An application credential of Keystone: it carries its user and project, and may be limited to roles and to single API
 * calls (access rules), which makes it the credential of least privilege.
 */
@NameWith(OpenStackApplicationCredentials.Name.class)
public final class OpenStackApplicationCredentials extends BaseStandardCredentials {

    private static final long serialVersionUID = 1L;

    private final String applicationCredentialId;
    private final Secret secret;

    /**
     * @param scope null for global
     * @param id of this entry in Jenkins; null to have one made
     * @param description may be null
     * @param applicationCredentialId the id (not the name) that Keystone gave
     * @param secret the secret that Keystone showed once
     */
    @DataBoundConstructor
    public OpenStackApplicationCredentials(
            CredentialsScope scope, String id, String description, String applicationCredentialId, Secret secret) {
        super(scope, id, description);
        this.applicationCredentialId = Util.fixEmptyAndTrim(applicationCredentialId);
        this.secret = secret;
    }

    /** Keystone's id of the application credential; null when the form was left empty. */
    public String getApplicationCredentialId() {
        return applicationCredentialId;
    }

    /** The secret; null when the form was left empty. */
    public Secret getSecret() {
        return secret;
    }

    /** What lists of credentials show: the id, never the secret. */
    public static final class Name extends CredentialsNameProvider<OpenStackApplicationCredentials> {
        @Override
        public String getName(OpenStackApplicationCredentials credentials) {
            return OpenStackCredentials.label(credentials.getApplicationCredentialId(), credentials.getDescription());
        }
    }

    /** The kind as it is chosen in the form. */
    @Extension
    @Symbol("openStackApplicationCredential")
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {

        @Override
        public String getDisplayName() {
            return Messages.OpenStackApplicationCredentials_DisplayName();
        }

        @Override
        public String getIconClassName() {
            return "symbol-credentials plugin-credentials";
        }
    }
}
