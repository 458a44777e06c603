package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Item;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.ServerName;
import io.jenkins.plugins.nova.api.openstack4j.OpenStackNova;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Asks a cloud for names that a form offers. A form must not hang on a cloud: after {@link #PATIENCE} the answer is what is
 * known, which is perhaps nothing, with the reason in words; the request goes on behind it, so that the next question finds its
 * answer. A cloud is asked the same thing once in {@link #KEPT}.
 */
@Extension
public final class CloudLookup {

    /** How long a form waits. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final int MOST_THREADS = 4;
    private static final int MOST_KEPT = 256;
    private static final int MOST_SERVERS = 500;

    private final Duration patience;
    private final CredentialsLookup lookup = new CredentialsLookup();
    private final SessionKeys keys = new SessionKeys();
    private final Cache<String, CompletableFuture<List<String>>> answers;
    private final ExecutorService threads;

    /**
     * What a cloud answered.
     *
     * @param names empty where it did not
     * @param cloud its name; null when none was chosen and there is more or less than one
     * @param problem why there are no names; null when there are, or when nothing was asked
     */
    record Names(List<String> names, String cloud, String problem) {
        static final Names NOTHING_ASKED = new Names(List.of(), null, null);
    }

    /** Called by Jenkins, once. */
    public CloudLookup() {
        this(PATIENCE, Ticker.systemTicker());
    }

    CloudLookup(Duration patience, Ticker ticker) {
        this.patience = patience;
        this.answers = CacheBuilder.newBuilder()
                .ticker(ticker)
                .expireAfterWrite(KEPT)
                .maximumSize(MOST_KEPT)
                .build();
        // no queue: what would have to wait is not worth asking any more
        this.threads = new ThreadPoolExecutor(
                0,
                MOST_THREADS,
                KEPT.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new NamingThreadFactory(new DaemonThreadFactory(), "nova-maintenance-forms"));
    }

    static CloudLookup get() {
        return ExtensionList.lookupSingleton(CloudLookup.class);
    }

    /**
     * The hosts of a cloud's compute services.
     *
     * @param item the job that the form is of; null outside of one
     * @param cloud as chosen in the form; null or empty for the only one
     * @param credentialsId as chosen in the form; null or empty for the cloud's
     */
    Names hosts(Item item, String cloud, String credentialsId) {
        return ask(
                item,
                cloud,
                credentialsId,
                "hosts",
                nova -> nova.computeServices().stream()
                        .map(ComputeService::host)
                        .distinct()
                        .sorted()
                        .toList());
    }

    /**
     * The servers of a cloud, of all projects, the newest of them; each by its name, or by its id where it shares the name.
     *
     * @param status only those in this status; null for all
     */
    Names servers(Item item, String cloud, String credentialsId, String status) {
        return ask(item, cloud, credentialsId, "servers " + status, nova -> {
            List<ServerName> servers = nova.serverNames(status, MOST_SERVERS);
            return servers.stream()
                    .map(server -> servers.stream()
                                                    .filter(other ->
                                                            other.name().equals(server.name()))
                                                    .count()
                                            == 1
                                    && !server.name().isEmpty()
                                    && !ForeignText.altered(server.name())
                            ? server.name()
                            : server.id())
                    .sorted()
                    .toList();
        });
    }

    /** A form's question; of an item there is one object in a controller. */
    private record Asked(Item item, String credentialsId, String cloud) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Asked asked
                    && asked.item == item
                    && asked.credentialsId.equals(credentialsId)
                    && asked.cloud.equals(cloud);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(item) + credentialsId.hashCode();
        }
    }

    private Names ask(
            Item item, String cloudName, String credentialsId, String what, Function<Nova, List<String>> ask) {
        if (!mayAsk(item)
                || Util.fixEmptyAndTrim(cloudName) == null
                        && NovaClouds.get().getClouds().size() != 1) {
            return Names.NOTHING_ASKED;
        }
        try {
            NovaCloud cloud = CloudSessions.found(cloudName);
            return ask(cloud, login(item, cloud, Util.fixEmptyAndTrim(credentialsId)), what, ask);
        } catch (AbortException | CloudProblem | NovaException e) {
            return new Names(List.of(), Util.fixEmptyAndTrim(cloudName), e.getMessage());
        }
    }

    /** Names of a cloud are for those who may make a job use the credential that they are seen with. */
    private static boolean mayAsk(Item item) {
        return CloudChoices.mayConfigure(item) && (item == null || item.hasPermission(CredentialsProvider.USE_ITEM));
    }

    private Login login(Item item, NovaCloud cloud, String ofForm) {
        String problem = CloudRules.firstProblem(cloud);
        if (problem != null) {
            throw new CloudProblem(problem);
        }
        String id = ofForm == null ? cloud.getCredentialsId() : ofForm;
        if (id == null) {
            throw new CloudProblem("neither the step nor the cloud '" + cloud.getName() + "' names a credential.");
        }
        var requirements = OpenStackCredentials.requirements(cloud.getIdentityUrl());
        JobAuthentication job = JobAuthentication.of(item);
        return lookup.of(new Asked(item, id, cloud.getName()), id, patience, () -> {
            StandardCredentials credentials =
                    CredentialsMatchers.firstOrNull(job.credentials(requirements), CredentialsMatchers.withId(id));
            if (credentials == null) {
                throw new CloudProblem("there is no credential '" + id + "' that this job" + job.words()
                        + " may use for that address.");
            }
            return OpenStackCredentials.login(credentials, cloud, "credentialsId");
        });
    }

    private Names ask(NovaCloud cloud, Login login, String what, Function<Nova, List<String>> ask) {
        // the same connections as the steps'
        Transport usual = cloud.transport();
        Transport hasty = new Transport(usual.clients(), usual.connectTimeout(), PATIENCE, usual.caPem());
        String key = what + ' ' + keys.of(cloud.endpoint(), hasty, login, null);
        try {
            CompletableFuture<List<String>> answer = answers.getIfPresent(key);
            if (answer == null) {
                answer = CompletableFuture.supplyAsync(
                        () -> {
                            OpenStackNova session = CloudSessions.once(cloud.endpoint(), login, hasty);
                            try {
                                return ask.apply(session);
                            } finally {
                                session.letGo();
                            }
                        },
                        threads);
                answers.put(key, answer);
            }
            return new Names(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS), cloud.getName(), null);
        } catch (TimeoutException e) {
            return none(cloud, "it has not answered within " + patience.toSeconds() + " seconds.");
        } catch (RejectedExecutionException e) {
            return none(cloud, "other forms are waiting for clouds just now.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return none(cloud, "the question was interrupted.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NovaException cause) {
                return none(cloud, cause.getMessage());
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Names none(NovaCloud cloud, String why) {
        return new Names(List.of(), cloud.getName(), "the cloud '" + cloud.getName() + "': " + why);
    }
}
