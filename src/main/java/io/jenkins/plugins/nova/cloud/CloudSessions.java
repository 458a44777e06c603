package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.RemovalNotification;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.Connections;
import io.jenkins.plugins.nova.api.openstack4j.OpenStackNova;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceSettings;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Opens a build's way to a cloud. The configuration, the credential and the build's right to it are looked at every
 * time; only the session behind them (a token, a catalogue, connections) is kept, so that the ticks of a drain do not
 * log in each time.
 *
 * <p>Nothing here waits for a cloud: a session logs in at its first call. A provider of credentials is waited for within a
 * limit ({@link CredentialsLookup}).
 */
@Extension
public final class CloudSessions {

    /** A session is made anew after this time, well within the life of a token. */
    static final Duration KEPT = Duration.ofMinutes(10);

    private static final int MOST_SESSIONS = 64;
    private static final int MOST_USES = 1024;

    private final Connections connections = new Connections();
    private final Connector connector;
    private final CredentialsLookup lookup = new CredentialsLookup();
    private final SessionKeys keys = new SessionKeys();
    private final Cache<String, Nova> sessions;
    private final Cache<String, Boolean> tracked;

    /** Makes sessions. */
    interface Connector {
        /** @param silences null for none */
        Nova connect(CloudEndpoint endpoint, Login login, Transport transport, SilenceSettings silences);
    }

    /** Called by Jenkins, once. */
    public CloudSessions() {
        this(null, Ticker.systemTicker());
    }

    /** @param connector null for one that shares clients, and what is known of refused credentials, between sessions */
    CloudSessions(Connector connector, Ticker ticker) {
        this.connector = connector == null ? connections::connect : connector;
        this.sessions = CacheBuilder.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(KEPT)
                .maximumSize(MOST_SESSIONS)
                .removalListener(CloudSessions::letGo)
                .build();
        this.tracked = CacheBuilder.newBuilder()
                .ticker(ticker)
                .expireAfterAccess(KEPT)
                .maximumSize(MOST_USES)
                .build();
    }

    /**
     * Opens a cloud for a build. Cheap enough to be called at every tick, and right to be: a changed setting or
     * credential counts from the next call on.
     *
     * @param run the build: its authentication and its folder decide which credentials it may use
     * @param cloud name of a configured cloud; null or empty for the only one
     * @param credentialsId id of a credential; null or empty for the cloud's
     * @return a session, perhaps shared with other builds that use the same cloud by the same credential
     * @throws AbortException when a parameter, a setting or the credential is not right; the message tells which and
     *     what to do
     * @throws NovaException.Unreachable when the credential could not be looked up in time
     */
    public static Nova open(Run<?, ?> run, String cloud, String credentialsId) throws AbortException {
        return ExtensionList.lookupSingleton(CloudSessions.class).openFor(run, cloud, credentialsId);
    }

    /**
     * Opens a cloud for a look that no build asks for, by the cloud's own credential, as Jenkins itself finds it: what
     * <i>Test connection</i> tries.
     *
     * @param cloud a configured cloud
     * @return a session, perhaps shared with builds that use the same cloud by the same credential
     * @throws AbortException when a setting or the credential is not right; the message tells which and what to do
     * @throws NovaException.Unreachable when the credential could not be looked up in time
     */
    public static Nova openAsJenkins(NovaCloud cloud) throws AbortException {
        return ExtensionList.lookupSingleton(CloudSessions.class).openOwn(cloud);
    }

    private Nova openOwn(NovaCloud cloud) throws AbortException {
        try {
            String problem = CloudRules.firstProblem(cloud);
            if (problem != null) {
                throw new CloudProblem(problem + " (" + NovaClouds.WHERE + ")");
            }
            String id = cloud.getCredentialsId();
            if (id == null) {
                throw new CloudProblem(
                        "credentialsId: the cloud names no credential; choose one, which this page reads with ("
                                + NovaClouds.WHERE + ")");
            }
            Login login = lookup.of(
                    List.of("itself", cloud.getName(), id),
                    id,
                    CredentialsLookup.LIMIT,
                    () -> OpenStackCredentials.login(ConnectionTest.credential(cloud), cloud, "credentialsId"));
            // such a look changes nothing
            return session(cloud.endpoint(), login, cloud.transport(), null);
        } catch (CloudProblem e) {
            throw new AbortException(e.getMessage());
        }
    }

    /**
     * The name of the cloud that a step means. A step that goes on for long asks once and keeps the answer: "the only
     * one" may mean nothing an hour later.
     *
     * @param cloud name of a configured cloud; null or empty for the only one
     * @throws AbortException when there is no such cloud, or not exactly one
     */
    public static String nameOf(String cloud) throws AbortException {
        return found(cloud).getName();
    }

    /**
     * What OpenStack's command line needs in its environment to reach the cloud as this build would.
     *
     * @param run the build: its authentication and its folder decide which credentials it may use
     * @param cloud name of a configured cloud; null or empty for the only one
     * @param credentialsId id of a credential; null or empty for the cloud's
     * @throws AbortException when a parameter, a setting or the credential is not right; the message tells which and
     *     what to do
     * @throws NovaException.Unreachable when the credential could not be looked up in time
     */
    public static OpenStackVariables variables(Run<?, ?> run, String cloud, String credentialsId)
            throws AbortException {
        return ExtensionList.lookupSingleton(CloudSessions.class).variablesFor(run, cloud, credentialsId);
    }

    private OpenStackVariables variablesFor(Run<?, ?> run, String cloudName, String credentialsId)
            throws AbortException {
        try {
            Access access = access(run, found(cloudName), credentialsId);
            return OpenStackVariables.of(
                    access.endpoint(), access.login(), access.transport().caPem());
        } catch (NovaException e) {
            throw new AbortException(e.getMessage());
        }
    }

    Nova openFor(Run<?, ?> run, String cloudName, String credentialsId) throws AbortException {
        Access access = access(run, found(cloudName), credentialsId);
        try {
            return session(access.endpoint(), access.login(), access.transport(), access.silences());
        } catch (NovaException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** Where a cloud is, and how a build logs in to it. */
    private record Access(CloudEndpoint endpoint, Login login, Transport transport, SilenceSettings silences) {}

    /** What a look-up brought. */
    private record Found(StandardCredentials credentials, Login login, SilenceSettings silences) {
        /** Nothing of the login. */
        @Override
        public String toString() {
            return "credential " + credentials.getId();
        }
    }

    private Access access(Run<?, ?> run, NovaCloud cloud, String credentialsId) throws AbortException {
        try {
            String problem = CloudRules.firstProblem(cloud);
            if (problem != null) {
                throw new CloudProblem(
                        "The cloud '" + ForeignText.name(cloud.getName()) + "' (" + NovaClouds.WHERE + "): " + problem);
            }
            String ofStep = Util.fixEmptyAndTrim(credentialsId);
            String id = ofStep == null ? cloud.getCredentialsId() : ofStep;
            Found found = lookup.of(
                    run.getExternalizableId() + ' ' + id + ' ' + cloud.getName(),
                    String.valueOf(id),
                    CredentialsLookup.LIMIT,
                    () -> {
                        StandardCredentials credentials = credentials(run, cloud, ofStep);
                        // some providers fetch the secret only now
                        return new Found(
                                credentials,
                                OpenStackCredentials.login(credentials, cloud, "credentialsId"),
                                AlertmanagerAccess.of(run, cloud));
                    });
            track(run, found.credentials());
            return new Access(cloud.endpoint(), found.login(), cloud.transport(), found.silences());
        } catch (CloudProblem e) {
            throw new AbortException(e.getMessage());
        }
    }

    /**
     * Not computeIfAbsent, with which Guava writes a present entry again, so that its ten minutes would start anew at
     * every tick. Two builds that come at the same moment may make two sessions, which does no harm.
     */
    private Nova session(CloudEndpoint endpoint, Login login, Transport transport, SilenceSettings silences) {
        String key = keys.of(endpoint, transport, login, silences);
        Nova kept = sessions.getIfPresent(key);
        if (kept == null) {
            kept = connector.connect(endpoint, login, transport, silences);
            sessions.put(key, kept);
            // a cache looks for what is over only when it is used
            connections.later(sessions::cleanUp, KEPT.plusSeconds(1));
        }
        return kept;
    }

    /** Whoever has the session still, such as a tick, may finish with it. */
    private static void letGo(RemovalNotification<String, Nova> removed) {
        if (removed.getValue() instanceof OpenStackNova session) {
            session.letGo();
        }
    }

    /**
     * A session for a question that no build asks: a form's, or the connection test's. It shares with those of builds what
     * is known of refused credentials, and the HTTP client. To be {@linkplain OpenStackNova#letGo let go} by who asked.
     */
    static OpenStackNova once(CloudEndpoint endpoint, Login login, Transport transport) {
        return ExtensionList.lookupSingleton(CloudSessions.class).connections.connect(endpoint, login, transport);
    }

    /** Lets every build log in anew at its next look, also with a credential that was refused before. */
    void forget() {
        sessions.invalidateAll();
        connections.forget();
    }

    static NovaCloud found(String cloudName) throws AbortException {
        List<NovaCloud> clouds = NovaClouds.get().getClouds();
        String name = Util.fixEmptyAndTrim(cloudName);
        if (clouds.isEmpty()) {
            throw new AbortException((name == null ? "cloud" : "cloud: '" + name + "'")
                    + ": no OpenStack cloud is configured in this Jenkins; add one under " + NovaClouds.WHERE);
        }
        String known = clouds.stream().map(NovaCloud::getName).collect(Collectors.joining("', '", "'", "'"));
        if (name == null) {
            if (clouds.size() > 1) {
                throw new AbortException(
                        "cloud: several are configured and none was named; say cloud: with one of " + known);
            }
            return clouds.get(0);
        }
        return clouds.stream()
                .filter(cloud -> name.equals(cloud.getName()))
                .findFirst()
                .orElseThrow(() -> new AbortException("cloud: there is no cloud '" + name + "' under "
                        + NovaClouds.WHERE + "; configured: " + known
                        + ". If it was renamed or removed while this build was running, put it back under that name"
                        + " until the build has ended"));
    }

    private static StandardCredentials credentials(Run<?, ?> run, NovaCloud cloud, String ofStep) {
        String id = ofStep == null ? cloud.getCredentialsId() : ofStep;
        if (id == null) {
            throw new CloudProblem("credentialsId: neither the step nor the cloud '" + cloud.getName()
                    + "' names a credential; say credentialsId: in the step, or choose one under " + NovaClouds.WHERE);
        }
        StandardCredentials credentials = CredentialsProvider.findCredentialById(
                id, StandardCredentials.class, run, OpenStackCredentials.requirements(cloud.getIdentityUrl()));
        if (credentials != null) {
            return credentials;
        }
        String asked = "credentialsId: there is no credential '" + id + "' ("
                + (ofStep == null ? "named by the cloud '" + cloud.getName() + "'" : "named by the step")
                + ") that this build may use for " + cloud.endpoint().identityUrl();
        if (CredentialsProvider.findCredentialById(id, StandardCredentials.class, run) != null) {
            throw new CloudProblem(asked + ": it is there, but in a credentials domain that leaves this address out;"
                    + " change the domain under Manage Jenkins » Credentials, or move the credential");
        }
        throw new CloudProblem(asked + ". It must be of scope Global, in Jenkins's own store or in a folder around the"
                + " job, and of the kind " + OpenStackCredentials.KINDS
                + "; add it under Manage Jenkins » Credentials or in the folder, or name another");
    }

    /** Notes the use for the credential's page; a note is a write to disk, so not at every tick. */
    private void track(Run<?, ?> run, StandardCredentials credentials) {
        String use = run.getExternalizableId() + ' ' + credentials.getId();
        if (tracked.getIfPresent(use) == null) {
            CredentialsProvider.track(run, credentials);
            tracked.put(use, true);
        }
    }
}
