package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceMatcher;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceSettings;
import java.util.function.Supplier;
import jenkins.model.Jenkins;

/** How a cloud's Alertmanager is reached, for a build or for Jenkins itself. What keeps it from being reached keeps no drain. */
final class AlertmanagerAccess {

    private static final String KIND = "'Username with password'";

    private AlertmanagerAccess() {}

    /** Matches the kind of credential that it takes. */
    static CredentialsMatcher accepted() {
        return CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class);
    }

    /**
     * For a build, by the credential of the cloud's configuration, as the build may use it.
     *
     * @param cloud one without problems
     * @return null where none is configured; with the problem in it where its credential cannot be used
     */
    static SilenceSettings of(Run<?, ?> run, NovaCloud cloud) {
        return settings(
                cloud,
                () -> CredentialsProvider.findCredentialById(
                        cloud.getAlertmanagerCredentialsId(),
                        StandardUsernamePasswordCredentials.class,
                        run,
                        OpenStackCredentials.requirements(cloud.getAlertmanagerUrl())));
    }

    /** What keeps the credential from being used, or null. */
    static String credentialProblem(NovaCloud cloud) {
        if (cloud.getAlertmanagerCredentialsId() == null) {
            return null;
        }
        try {
            credential(cloud, () -> own(cloud));
            return null;
        } catch (CloudProblem e) {
            return e.getMessage();
        }
    }

    private static StandardCredentials own(NovaCloud cloud) {
        return CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class,
                        Jenkins.get(),
                        ACL.SYSTEM2,
                        OpenStackCredentials.requirements(cloud.getAlertmanagerUrl())),
                CredentialsMatchers.withId(cloud.getAlertmanagerCredentialsId()));
    }

    private static SilenceSettings settings(NovaCloud cloud, Supplier<StandardCredentials> lookUp) {
        if (cloud.getAlertmanagerUrl() == null) {
            return null;
        }
        String user = null;
        String password = null;
        String problem = null;
        if (cloud.getAlertmanagerCredentialsId() != null) {
            try {
                StandardUsernamePasswordCredentials found = credential(cloud, lookUp);
                user = found.getUsername();
                password = found.getPassword().getPlainText();
            } catch (CloudProblem e) {
                problem = e.getMessage();
            }
        }
        return new SilenceSettings(
                SilenceSettings.url(cloud.getAlertmanagerUrl()),
                user,
                password,
                SilenceMatcher.parse(cloud.getSilenceMatchers()),
                problem);
    }

    private static StandardUsernamePasswordCredentials credential(
            NovaCloud cloud, Supplier<StandardCredentials> lookUp) {
        String asked = "alertmanagerCredentialsId: ";
        StandardCredentials found = lookUp.get();
        if (found == null) {
            throw new CloudProblem(asked + "there is no credential '" + cloud.getAlertmanagerCredentialsId()
                    + "' that may be used for " + cloud.getAlertmanagerUrl() + "; add one of the kind " + KIND
                    + " and of scope Global under Manage Jenkins » Credentials, in a domain that includes the address");
        }
        if (!(found instanceof StandardUsernamePasswordCredentials plain)) {
            throw new CloudProblem(asked + "the credential '" + found.getId() + "' is not of the kind " + KIND);
        }
        if (plain.getUsername() == null || plain.getUsername().isEmpty() || plain.getPassword() == null) {
            throw new CloudProblem(asked + "the credential '" + found.getId()
                    + "' has no username or no password: edit it under Manage Jenkins » Credentials");
        }
        return plain;
    }
}
