package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Extension;
import hudson.ProxyConfiguration;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * One OpenStack cloud as an administrator configured it: where it is and how it is reached, and the credential that
 * steps use unless they name another.
 *
 * <p>Setters take what a form or a file says, empty as null; {@link CloudRules} tells whether it makes sense. Not
 * changed after it was handed to {@link NovaClouds}.
 */
public final class NovaCloud implements Describable<NovaCloud> {

    static final int DEFAULT_CONNECT_TIMEOUT_SECONDS = 10;
    static final int DEFAULT_ANSWER_TIMEOUT_SECONDS = 60;

    /** One object, by which it is seen that two sessions may share a client. */
    private static final Supplier<HttpClient.Builder> CLIENTS = ProxyConfiguration::newHttpClientBuilder;

    private final String name;
    private final String identityUrl;
    private String region;
    private String endpointInterface;
    private String credentialsId;
    private String caCertificate;
    private Integer connectTimeoutSeconds;
    private Integer answerTimeoutSeconds;
    private String project;
    private String projectDomain;
    private String userDomain;
    private String alertmanagerUrl;
    private String alertmanagerCredentialsId;
    private String silenceMatchers;

    /**
     * @param name what pipelines call it
     * @param identityUrl Keystone's URL, such as {@code https://keystone.example:5000/v3}
     */
    @DataBoundConstructor
    public NovaCloud(String name, String identityUrl) {
        this.name = Util.fixEmptyAndTrim(name);
        this.identityUrl = Util.fixEmptyAndTrim(identityUrl);
    }

    /** What pipelines call it; null when the form was left empty. */
    public String getName() {
        return name;
    }

    /** Keystone's URL; null when the form was left empty. */
    public String getIdentityUrl() {
        return identityUrl;
    }

    /** The region; null for the only one of the catalogue. */
    public String getRegion() {
        return region;
    }

    /** Sets the region; null or empty for the only one of the catalogue. */
    @DataBoundSetter
    public void setRegion(String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    /** Which endpoints of the catalogue are used: {@code public} (unless said otherwise), {@code internal}, {@code admin}. */
    public String getEndpointInterface() {
        return endpointInterface == null ? Facing.PUBLIC.word() : endpointInterface;
    }

    /** Sets which endpoints of the catalogue are used; null or empty for {@code public}. */
    @DataBoundSetter
    public void setEndpointInterface(String endpointInterface) {
        String wanted = Util.fixEmptyAndTrim(endpointInterface);
        this.endpointInterface = wanted == null ? null : wanted.toLowerCase(Locale.ROOT);
    }

    /** Id of the credential that steps use unless they name another; may be null. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Sets the id of the credential that steps use unless they name another; null or empty for none. */
    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Certificates (PEM) that are trusted besides the JVM's; may be null. */
    public String getCaCertificate() {
        return caCertificate;
    }

    /** Sets certificates (PEM) to be trusted besides the JVM's; null or empty for none. */
    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    /** Seconds to wait for a connection, name resolution and TLS in it. */
    public Integer getConnectTimeoutSeconds() {
        return connectTimeoutSeconds == null ? (Integer) DEFAULT_CONNECT_TIMEOUT_SECONDS : connectTimeoutSeconds;
    }

    /** Sets the seconds to wait for a connection; null for 10. */
    @DataBoundSetter
    public void setConnectTimeoutSeconds(Integer connectTimeoutSeconds) {
        this.connectTimeoutSeconds = connectTimeoutSeconds;
    }

    /** Seconds to wait for a whole answer. */
    public Integer getAnswerTimeoutSeconds() {
        return answerTimeoutSeconds == null ? (Integer) DEFAULT_ANSWER_TIMEOUT_SECONDS : answerTimeoutSeconds;
    }

    /** Sets the seconds to wait for a whole answer; null for 60. */
    @DataBoundSetter
    public void setAnswerTimeoutSeconds(Integer answerTimeoutSeconds) {
        this.answerTimeoutSeconds = answerTimeoutSeconds;
    }

    /** The project for credentials of the kind 'Username with password'; may be null. */
    public String getProject() {
        return project;
    }

    /** Sets the project for credentials of the kind 'Username with password'. */
    @DataBoundSetter
    public void setProject(String project) {
        this.project = Util.fixEmptyAndTrim(project);
    }

    /** The project's domain for credentials of the kind 'Username with password', {@code Default} unless said otherwise. */
    public String getProjectDomain() {
        return projectDomain == null ? OpenStackPasswordCredentials.DEFAULT_DOMAIN : projectDomain;
    }

    /** Sets the project's domain for credentials of the kind 'Username with password'; null or empty for Default. */
    @DataBoundSetter
    public void setProjectDomain(String projectDomain) {
        this.projectDomain = Util.fixEmptyAndTrim(projectDomain);
    }

    /** The user's domain for credentials of the kind 'Username with password', {@code Default} unless said otherwise. */
    public String getUserDomain() {
        return userDomain == null ? OpenStackPasswordCredentials.DEFAULT_DOMAIN : userDomain;
    }

    /** Sets the user's domain for credentials of the kind 'Username with password'; null or empty for Default. */
    @DataBoundSetter
    public void setUserDomain(String userDomain) {
        this.userDomain = Util.fixEmptyAndTrim(userDomain);
    }

    /** The URL of the Alertmanager whose alerts about a host are silenced while it is in maintenance; null for none. */
    public String getAlertmanagerUrl() {
        return alertmanagerUrl;
    }

    /** Sets the URL of the Alertmanager; null or empty for none. */
    @DataBoundSetter
    public void setAlertmanagerUrl(String alertmanagerUrl) {
        this.alertmanagerUrl = Util.fixEmptyAndTrim(alertmanagerUrl);
    }

    /** Id of a credential of the kind 'Username with password' or 'Secret text' for the Alertmanager; null for none. */
    public String getAlertmanagerCredentialsId() {
        return alertmanagerCredentialsId;
    }

    /** Sets the id of the credential for the Alertmanager; null or empty for none. */
    @DataBoundSetter
    public void setAlertmanagerCredentialsId(String alertmanagerCredentialsId) {
        this.alertmanagerCredentialsId = Util.fixEmptyAndTrim(alertmanagerCredentialsId);
    }

    /** What is silenced, one matcher of Alertmanager's a line, with {@code ${host}} for the host's name; null for nothing. */
    public String getSilenceMatchers() {
        return silenceMatchers;
    }

    /** Sets what is silenced, one matcher of Alertmanager's a line. */
    @DataBoundSetter
    public void setSilenceMatchers(String silenceMatchers) {
        this.silenceMatchers = Util.fixEmptyAndTrim(silenceMatchers);
    }

    /** Where the cloud is; only for a cloud without {@linkplain CloudRules#firstProblem problems}. */
    CloudEndpoint endpoint() {
        return new CloudEndpoint(
                URI.create(identityUrl),
                region,
                Facing.valueOf(getEndpointInterface().toUpperCase(Locale.ROOT)));
    }

    /** How requests travel, through Jenkins's proxy; only for a cloud without problems. */
    Transport transport() {
        return new Transport(
                CLIENTS,
                Duration.ofSeconds(getConnectTimeoutSeconds()),
                Duration.ofSeconds(getAnswerTimeoutSeconds()),
                caCertificate);
    }

    /** For logs: the name alone, since anything may have been typed into the other fields. */
    @Override
    public String toString() {
        return "cloud '" + name + "'";
    }

    /** The form's drop-downs, its checks, and the button that tries the connection. */
    @Extension
    @Symbol("novaCloud")
    public static final class DescriptorImpl extends Descriptor<NovaCloud> {

        @Override
        public String getDisplayName() {
            return Messages.NovaCloud_DisplayName();
        }

        /** Which endpoints there are; to those who may not configure, as with System Read, what the form already has. */
        @POST
        public ListBoxModel doFillEndpointInterfaceItems(@QueryParameter String endpointInterface) {
            ListBoxModel items = new ListBoxModel();
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                items.add(endpointInterface, endpointInterface);
                return items;
            }
            for (Facing facing : Facing.values()) {
                items.add(facing.word(), facing.word());
            }
            return items;
        }

        /**
         * The credentials of the accepted kinds that suit the identity URL's domain; to those who may not see them,
         * nothing but the id that the form already has.
         */
        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @QueryParameter String identityUrl, @QueryParameter String credentialsId) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return new StandardListBoxModel().includeCurrentValue(credentialsId);
            }
            return new StandardListBoxModel()
                    .includeEmptyValue()
                    .includeMatchingAs(
                            ACL.SYSTEM2,
                            Jenkins.get(),
                            StandardCredentials.class,
                            OpenStackCredentials.requirements(Util.fixEmptyAndTrim(identityUrl)),
                            OpenStackCredentials.accepted())
                    .includeCurrentValue(credentialsId);
        }

        /** A name is needed; that it is unique is seen when the page is saved. */
        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return untouched(value)
                    ? FormValidation.warning("Give the cloud a name: steps call it by that.")
                    : checked(() -> CloudRules.name(Util.fixEmptyAndTrim(value)), () -> null);
        }

        /** The identity URL must be one, and should be encrypted. */
        @POST
        public FormValidation doCheckIdentityUrl(@QueryParameter String value) {
            String url = Util.fixEmptyAndTrim(value);
            return untouched(value)
                    ? FormValidation.warning("Give the URL of the cloud's Keystone.")
                    : checked(() -> CloudRules.identityUrl(url), () -> CloudRules.identityUrlDoubt(url));
        }

        /** A cloud that was just added has empty fields, and no error yet. */
        private static boolean untouched(String value) {
            return value == null || value.isEmpty();
        }

        /** Public, internal or admin. */
        @POST
        public FormValidation doCheckEndpointInterface(@QueryParameter String value) {
            return checked(() -> CloudRules.endpointInterface(Util.fixEmptyAndTrim(value)), () -> null);
        }

        /** A credential of an accepted kind that can be used with the other fields. */
        @POST
        public FormValidation doCheckCredentialsId(
                @QueryParameter String value, @QueryParameter String identityUrl, @QueryParameter String project) {
            NovaCloud cloud = new NovaCloud("this one", identityUrl);
            cloud.setCredentialsId(value);
            cloud.setProject(project);
            return checked(
                    () -> ConnectionTest.credentialProblem(cloud),
                    () -> cloud.getCredentialsId() == null
                            ? "Without a credential here every step must name one by credentialsId."
                            : null);
        }

        /** Certificates in PEM that are valid today. */
        @POST
        public FormValidation doCheckCaCertificate(@QueryParameter String value) {
            String pem = Util.fixEmptyAndTrim(value);
            return checked(
                    () -> CloudRules.caCertificate(pem), () -> CloudRules.caCertificateDoubt(pem, Instant.now()));
        }

        /** Seconds in a sensible range. */
        @POST
        public FormValidation doCheckConnectTimeoutSeconds(@QueryParameter String value) {
            return checked(() -> CloudRules.seconds("connectTimeoutSeconds", Util.fixEmptyAndTrim(value)), () -> null);
        }

        /** Seconds in a sensible range. */
        @POST
        public FormValidation doCheckAnswerTimeoutSeconds(@QueryParameter String value) {
            return checked(() -> CloudRules.seconds("answerTimeoutSeconds", Util.fixEmptyAndTrim(value)), () -> null);
        }

        /** The credentials of the accepted kinds that suit the Alertmanager's domain, as for the cloud's own. */
        @POST
        public ListBoxModel doFillAlertmanagerCredentialsIdItems(
                @QueryParameter String alertmanagerUrl, @QueryParameter String alertmanagerCredentialsId) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return new StandardListBoxModel().includeCurrentValue(alertmanagerCredentialsId);
            }
            return new StandardListBoxModel()
                    .includeEmptyValue()
                    .includeMatchingAs(
                            ACL.SYSTEM2,
                            Jenkins.get(),
                            StandardCredentials.class,
                            OpenStackCredentials.requirements(Util.fixEmptyAndTrim(alertmanagerUrl)),
                            AlertmanagerAccess.accepted())
                    .includeCurrentValue(alertmanagerCredentialsId);
        }

        /** A URL without a user in it, which should be encrypted. */
        @POST
        public FormValidation doCheckAlertmanagerUrl(@QueryParameter String value) {
            String url = Util.fixEmptyAndTrim(value);
            return checked(() -> CloudRules.alertmanagerUrl(url), () -> CloudRules.alertmanagerUrlDoubt(url));
        }

        /** A credential that there is and that the Alertmanager can use. */
        @POST
        public FormValidation doCheckAlertmanagerCredentialsId(
                @QueryParameter String value, @QueryParameter String alertmanagerUrl) {
            NovaCloud cloud = new NovaCloud("this one", null);
            cloud.setAlertmanagerUrl(alertmanagerUrl);
            cloud.setAlertmanagerCredentialsId(value);
            return checked(() -> AlertmanagerAccess.credentialProblem(cloud), () -> null);
        }

        /** Matchers, one of them with the host in it. */
        @POST
        public FormValidation doCheckSilenceMatchers(
                @QueryParameter String value, @QueryParameter String alertmanagerUrl) {
            String text = Util.fixEmptyAndTrim(value);
            boolean silences = Util.fixEmptyAndTrim(alertmanagerUrl) != null;
            return checked(
                    () -> CloudRules.silenceMatchers(silences, text),
                    () -> CloudRules.silenceMatchersDoubt(silences, text));
        }

        /** Logs in with what the form says, unsaved, and tells what was reached and what is not allowed. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String name,
                @QueryParameter String identityUrl,
                @QueryParameter String region,
                @QueryParameter String endpointInterface,
                @QueryParameter String credentialsId,
                @QueryParameter String caCertificate,
                @QueryParameter String connectTimeoutSeconds,
                @QueryParameter String answerTimeoutSeconds,
                @QueryParameter String project,
                @QueryParameter String projectDomain,
                @QueryParameter String userDomain) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            NovaCloud cloud = new NovaCloud(name, identityUrl);
            cloud.setRegion(region);
            cloud.setEndpointInterface(endpointInterface);
            cloud.setCredentialsId(credentialsId);
            cloud.setCaCertificate(caCertificate);
            cloud.setProject(project);
            cloud.setProjectDomain(projectDomain);
            cloud.setUserDomain(userDomain);
            for (String problem : Arrays.asList(
                    CloudRules.seconds("connectTimeoutSeconds", Util.fixEmptyAndTrim(connectTimeoutSeconds)),
                    CloudRules.seconds("answerTimeoutSeconds", Util.fixEmptyAndTrim(answerTimeoutSeconds)))) {
                if (problem != null) {
                    return FormValidation.error(problem);
                }
            }
            cloud.setConnectTimeoutSeconds(number(connectTimeoutSeconds));
            cloud.setAnswerTimeoutSeconds(number(answerTimeoutSeconds));
            return ConnectionTest.of(cloud);
        }

        private static Integer number(String text) {
            String trimmed = Util.fixEmptyAndTrim(text);
            return trimmed == null ? null : Integer.valueOf(trimmed);
        }

        private static FormValidation checked(Supplier<String> problem, Supplier<String> doubt) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return FormValidation.ok();
            }
            String error = problem.get();
            if (error != null) {
                return FormValidation.error(error);
            }
            String warning = doubt.get();
            return warning == null ? FormValidation.ok() : FormValidation.warning(warning);
        }
    }
}
