package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.HostnameRequirement;
import com.cloudbees.plugins.credentials.impl.BaseStandardCredentials;
import hudson.ExtensionList;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import hudson.security.ACL;
import hudson.util.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.springframework.security.core.Authentication;

/**
 * Configures clouds and credentials where no Jenkins runs: for tests, and for the rehearsal.
 *
 * <pre>{@code
 * try (CloudFixture clouds = CloudFixture.begin()) {
 *     clouds.credential(CloudFixture.password("openstack", "admin", "secret", "admin"))
 *             .cloud("sim", URI.create("http://127.0.0.1:15000/v3"), "RegionOne", "openstack");
 *     … CloudSessions.open(run, null, null) …      // or any step
 * }                                                // takes all of it away again
 * }</pre>
 *
 * <p>It goes the way of a real controller: clouds into {@link NovaClouds}, credentials into a {@link CredentialsProvider}
 * that is an extension like those of the credentials plugin. One at a time per JVM, since both are that JVM's only ones.
 * {@code run} needs {@code getExternalizableId()} and {@code getParent()} (which may be null).
 */
public final class CloudFixture implements AutoCloseable {

    private CloudFixture() {}

    /** Starts without any cloud or credential. */
    public static CloudFixture begin() {
        CloudFixture fixture = new CloudFixture();
        fixture.close();
        return fixture;
    }

    /** A user of the domain Default with its password, in a project of the same domain. */
    public static OpenStackPasswordCredentials password(String id, String user, String password, String project) {
        return new OpenStackPasswordCredentials(
                CredentialsScope.GLOBAL, id, "", user, Secret.fromString(password), project);
    }

    /** An application credential. */
    public static OpenStackApplicationCredentials application(String id, String applicationId, String secret) {
        return new OpenStackApplicationCredentials(
                CredentialsScope.GLOBAL, id, "", applicationId, Secret.fromString(secret));
    }

    /**
     * Username with password, as the credentials plugin has it.
     *
     * @param userSecret whether the username is to be treated as secret
     */
    public static StandardUsernamePasswordCredentials plain(
            String id, String user, String password, boolean userSecret) {
        return new Plain(id, user, password, userSecret);
    }

    /** Secret text, as the plain credentials plugin has it. */
    public static StringCredentials text(String id, String secret) {
        return new Text(id, secret);
    }

    /** Adds a credential that may be used for any address. */
    public CloudFixture credential(StandardCredentials credentials) {
        return credentialFor(null, credentials);
    }

    /** Adds a credential to a domain that includes one host only. */
    public CloudFixture credentialFor(String host, StandardCredentials credentials) {
        store().entries.add(new Entry(host, credentials));
        return this;
    }

    /** Takes a credential away; does nothing when there is none of that id. */
    public CloudFixture withoutCredential(String id) {
        store().entries.removeIf(entry -> entry.credentials().getId().equals(id));
        return this;
    }

    /**
     * Adds a cloud.
     *
     * @param region null for the only one
     * @param credentialsId null for none
     */
    public CloudFixture cloud(String name, URI identityUrl, String region, String credentialsId) {
        NovaCloud cloud = new NovaCloud(name, identityUrl.toString());
        cloud.setRegion(region);
        cloud.setCredentialsId(credentialsId);
        return cloud(cloud);
    }

    /** Adds a cloud with whatever settings it has. */
    public CloudFixture cloud(NovaCloud cloud) {
        List<NovaCloud> clouds = new ArrayList<>(NovaClouds.get().getClouds());
        clouds.add(cloud);
        NovaClouds.get().setClouds(clouds);
        return this;
    }

    /** From now on every name that a step uses for a cloud or a credential stands for one and the same: see {@link #meet}. */
    public CloudFixture standIn(StandIn all) {
        store().standIn = all;
        return this;
    }

    /**
     * A step is about to use these names.
     *
     * @param cloud the step's cloud; null for none
     * @param credentialsId the step's credential; null for none
     * @return what an operator should know: that a name stands for the one cloud there is; empty where it was known, or where
     *     names have to be configured
     */
    public static Optional<String> meet(String cloud, String credentialsId) {
        StandIn all = store().standIn;
        return all == null ? Optional.empty() : all.meet(cloud, credentialsId);
    }

    /** Runs before each look-up of credentials, on its thread: a provider that is slow, or hangs. */
    public CloudFixture onLookUp(Runnable what) {
        store().before = what;
        return this;
    }

    /** Takes every cloud, credential and session away. */
    @Override
    public void close() {
        store().before = () -> {};
        store().standIn = null;
        store().entries.clear();
        NovaClouds.get().setClouds(List.of());
    }

    /** The JVM's only one, an extension from the first call on: not by annotation, so that the index of those is the plugin's. */
    private static synchronized Store store() {
        ExtensionList<Store> known = ExtensionList.lookup(Store.class);
        if (known.isEmpty()) {
            known.add(new Store());
        }
        return known.get(0);
    }

    /** @param host the only host it may be used for; null for any */
    record Entry(String host, StandardCredentials credentials) {
        boolean suits(List<DomainRequirement> requirements) {
            return host == null
                    || requirements.stream()
                            .filter(HostnameRequirement.class::isInstance)
                            .map(HostnameRequirement.class::cast)
                            .allMatch(requirement -> host.equals(requirement.getHostname()));
        }
    }

    /** The credentials, found by the same lookups as those of a real store. */
    public static final class Store extends CredentialsProvider {

        private final List<Entry> entries = new CopyOnWriteArrayList<>();
        private volatile Runnable before = () -> {};
        private volatile StandIn standIn;

        @Override
        public CredentialsStore getStore(ModelObject context) {
            return new SomeStore(entries);
        }

        @Override
        public <C extends Credentials> List<C> getCredentialsInItemGroup(
                Class<C> type, ItemGroup group, Authentication user, List<DomainRequirement> requirements) {
            before.run();
            // as that of Jenkins's own store: what is in it is for Jenkins itself
            return !user.equals(ACL.SYSTEM2)
                    ? List.of()
                    : entries.stream()
                            .filter(entry -> entry.suits(requirements))
                            .map(Entry::credentials)
                            .filter(type::isInstance)
                            .map(type::cast)
                            .toList();
        }
    }

    private static final class Text extends BaseStandardCredentials implements StringCredentials {
        private static final long serialVersionUID = 1L;
        private final Secret secret;

        private Text(String id, String secret) {
            super(CredentialsScope.GLOBAL, id, "");
            this.secret = Secret.fromString(secret);
        }

        @Override
        public Secret getSecret() {
            return secret;
        }
    }

    private static final class Plain extends BaseStandardCredentials implements StandardUsernamePasswordCredentials {
        private static final long serialVersionUID = 1L;
        private final String username;
        private final Secret password;
        private final boolean userSecret;

        private Plain(String id, String username, String password, boolean userSecret) {
            super(CredentialsScope.GLOBAL, id, "");
            this.username = username;
            this.password = Secret.fromString(password);
            this.userSecret = userSecret;
        }

        @Override
        public String getUsername() {
            return username;
        }

        @Override
        public boolean isUsernameSecret() {
            return userSecret;
        }

        @Override
        public Secret getPassword() {
            return password;
        }
    }
}
