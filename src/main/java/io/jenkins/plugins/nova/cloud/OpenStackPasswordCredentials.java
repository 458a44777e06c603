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
import org.kohsuke.stapler.DataBoundSetter;

/** A user of Keystone (v3) with its password, and the project to work in. */
@NameWith(OpenStackPasswordCredentials.Name.class)
public final class OpenStackPasswordCredentials extends BaseStandardCredentials {

    private static final long serialVersionUID = 1L;

    /** The domain that every OpenStack has, and that users and projects are in unless somebody made another. */
    static final String DEFAULT_DOMAIN = "Default";

    private final String user;
    private final Secret password;
    private final String project;
    private String userDomain;
    private String projectDomain;

    /**
     * @param scope null for global
     * @param id null to have one made
     * @param description may be null
     * @param user name of the user
     * @param password its password
     * @param project name of the project that the token is for
     */
    @DataBoundConstructor
    public OpenStackPasswordCredentials(
            CredentialsScope scope, String id, String description, String user, Secret password, String project) {
        super(scope, id, description);
        this.user = Util.fixEmptyAndTrim(user);
        this.password = password;
        this.project = Util.fixEmptyAndTrim(project);
    }

    /** Name of the user; null when the form was left empty. */
    public String getUser() {
        return user;
    }

    /** The password; null when the form was left empty. */
    public Secret getPassword() {
        return password;
    }

    /** Name of the project; null when the form was left empty. */
    public String getProject() {
        return project;
    }

    /** Name of the user's domain, {@code Default} unless said otherwise. */
    public String getUserDomain() {
        return userDomain == null ? DEFAULT_DOMAIN : userDomain;
    }

    /** Sets the name of the user's domain; null or empty for {@code Default}. */
    @DataBoundSetter
    public void setUserDomain(String userDomain) {
        this.userDomain = Util.fixEmptyAndTrim(userDomain);
    }

    /** Name of the project's domain, {@code Default} unless said otherwise. */
    public String getProjectDomain() {
        return projectDomain == null ? DEFAULT_DOMAIN : projectDomain;
    }

    /** Sets the name of the project's domain; null or empty for {@code Default}. */
    @DataBoundSetter
    public void setProjectDomain(String projectDomain) {
        this.projectDomain = Util.fixEmptyAndTrim(projectDomain);
    }

    /** What lists of credentials show: who and where, never the password. */
    public static final class Name extends CredentialsNameProvider<OpenStackPasswordCredentials> {
        @Override
        public String getName(OpenStackPasswordCredentials credentials) {
            return OpenStackCredentials.label(
                    credentials.getUser() + "/" + credentials.getProject(), credentials.getDescription());
        }
    }

    /** The kind as it is chosen in the form. */
    @Extension
    @Symbol("openStackPassword")
    public static final class DescriptorImpl extends BaseStandardCredentialsDescriptor {

        @Override
        public String getDisplayName() {
            return Messages.OpenStackPasswordCredentials_DisplayName();
        }

        @Override
        public String getIconClassName() {
            return "symbol-credentials plugin-credentials";
        }

        /** Domain names that a new form starts with. */
        public String getDefaultDomain() {
            return DEFAULT_DOMAIN;
        }
    }
}
