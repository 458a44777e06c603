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
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** How a cloud's Alertmanager is reached, for a build or for Jenkins itself. What keeps it from being reached keeps no drain. */
final class AlertmanagerAccess {

    private static final String KINDS = "'Username with password' or 'Secret text'";

    private static final String WHERE = "edit it under Manage Jenkins » Credentials";

    /** What a header takes; what is beside that, a line break above all, makes no request at all. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    private AlertmanagerAccess() {}

    /**
     * What is sent.
     *
     * @param user null for a bearer token
     * @param secret the user's password, or the token
     */
    private record Authorization(String user, String secret) {

        /** Neither. */
        @Override
        public String toString() {
            return "the Alertmanager's login";
        }
    }

    /** Matches the kinds of credential that it takes. */
    static CredentialsMatcher accepted() {
        return CredentialsMatchers.anyOf(
                CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class),
                CredentialsMatchers.instanceOf(StringCredentials.class));
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
                        StandardCredentials.class,
                        run,
                        OpenStackCredentials.requirements(cloud.getAlertmanagerUrl())));
    }

    /** What keeps the credential from being used, or null. */
    static String credentialProblem(NovaCloud cloud) {
        if (cloud.getAlertmanagerCredentialsId() == null) {
            return null;
        }
        try {
            authorization(cloud, () -> own(cloud));
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
        Authorization sent = new Authorization(null, null);
        String problem = null;
        if (cloud.getAlertmanagerCredentialsId() != null) {
            try {
                sent = authorization(cloud, lookUp);
            } catch (CloudProblem e) {
                problem = e.getMessage();
            }
        }
        return new SilenceSettings(
                SilenceSettings.url(cloud.getAlertmanagerUrl()),
                sent.user(),
                sent.secret(),
                SilenceMatcher.parse(cloud.getSilenceMatchers()),
                problem);
    }

    private static Authorization authorization(NovaCloud cloud, Supplier<StandardCredentials> lookUp) {
        String asked = "alertmanagerCredentialsId: ";
        StandardCredentials found = lookUp.get();
        if (found == null) {
            throw new CloudProblem(asked + "there is no credential '" + cloud.getAlertmanagerCredentialsId()
                    + "' that may be used for " + cloud.getAlertmanagerUrl() + "; add one of the kind " + KINDS
                    + " and of scope Global under Manage Jenkins » Credentials, in a domain that includes the address");
        }
        String shown = asked + "the credential '" + found.getId() + "' ";
        if (found instanceof StringCredentials text) {
            // a text that was pasted may end with a line break
            String token = text.getSecret() == null
                    ? ""
                    : text.getSecret().getPlainText().strip();
            if (!TOKEN.matcher(token).matches()) {
                throw new CloudProblem(shown
                        + (token.isEmpty()
                                ? "is empty"
                                : "is no token: it has a blank, a line break or a" + " character beside ASCII in it")
                        + "; " + WHERE);
            }
            return new Authorization(null, token);
        }
        if (!(found instanceof StandardUsernamePasswordCredentials plain)) {
            throw new CloudProblem(shown + "is not of the kind " + KINDS);
        }
        if (plain.getUsername() == null || plain.getUsername().isEmpty() || plain.getPassword() == null) {
            throw new CloudProblem(shown + "has no username or no password: " + WHERE);
        }
        return new Authorization(plain.getUsername(), plain.getPassword().getPlainText());
    }
}
