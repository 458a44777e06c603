package io.jenkins.plugins.nova.api.openstack4j;

import io.jenkins.plugins.nova.api.openstack4j.alertmanager.Alertmanager;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceSettings;
import io.jenkins.plugins.nova.api.openstack4j.http.Intake;
import io.jenkins.plugins.nova.api.openstack4j.http.SharedClient;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.http.Wire;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Doors;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What all sessions of a process share: one HTTP client a cloud, the room for answers, what is known of refused
 * credentials, and the thread that sees to tokens that were let go.
 */
public final class Connections implements AutoCloseable {

    /** A client is used for new sessions for so long: then a changed proxy counts. */
    static final Duration CLIENT_KEPT = Duration.ofMinutes(10);

    private static final long SWEEP_SECONDS = 30;

    private record Way(String origin, Duration connectTimeout, String caPem, Supplier<HttpClient.Builder> clients) {}

    private record Made(SharedClient client, Instant at) {}

    private final Clock clock;
    private final Intake intake;
    private final Doors doors = new Doors();
    private final Map<Way, Made> clients = new HashMap<>();
    private final List<OpenStackNova> letGo = new ArrayList<>();
    private final ScheduledThreadPoolExecutor sweeper;
    private boolean sweeping;

    /** In this JVM's time. */
    public Connections() {
        this(Clock.systemUTC());
    }

    /** @param clock by which Retry-After and the lives of tokens go */
    public Connections(Clock clock) {
        this(clock, Intake.ofThisJvm());
    }

    Connections(Clock clock, Intake intake) {
        this.clock = clock;
        this.intake = intake;
        this.sweeper = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "openstack-tokens");
            thread.setDaemon(true);
            return thread;
        });
        sweeper.setKeepAliveTime(1, TimeUnit.SECONDS);
        sweeper.allowCoreThreadTimeOut(true);
    }

    /**
     * Prepares a session; nothing is sent until the first call.
     *
     * @throws IllegalArgumentException when the transport's CA certificates cannot be read
     */
    public OpenStackNova connect(CloudEndpoint endpoint, Login login, Transport transport) {
        return connect(endpoint, login, transport, null);
    }

    /**
     * The same for a cloud whose alerts are silenced.
     *
     * @param silences where, and which; null for none
     */
    public OpenStackNova connect(CloudEndpoint endpoint, Login login, Transport transport, SilenceSettings silences) {
        SharedClient client = client(endpoint, transport);
        Wire wire = new Wire(client, transport.answerTimeout(), Wire.LARGEST_ANSWER, intake);
        Session session = new Session(endpoint, login, wire, doors.of(endpoint, login), clock);
        return new OpenStackNova(session, client, this, silences == null ? null : new Alertmanager(wire, silences));
    }

    /** New sessions get new clients, and a credential that was refused is tried again: the settings were saved. */
    public synchronized void forget() {
        doors.forget();
        clients.values().forEach(made -> made.client().age());
        clients.clear();
    }

    /** Sees to the tokens that are left, and closes the clients as soon as nobody uses them. */
    @Override
    public void close() {
        sweep(Duration.ZERO);
        forget();
        sweeper.shutdownNow();
    }

    /** Takes a session that nobody will ask for any more; who has it still may finish. */
    synchronized void letGo(OpenStackNova session) {
        letGo.add(session);
        scheduleSweep();
    }

    private void scheduleSweep() {
        if (!sweeper.isShutdown() && !sweeping) {
            sweeping = true;
            sweeper.schedule(() -> sweep(Session.QUIET), SWEEP_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Has something short done later, on the thread that sees to tokens. */
    public synchronized void later(Runnable what, Duration delay) {
        if (!sweeper.isShutdown()) {
            sweeper.schedule(what, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Revokes what was let go and is quiet. */
    void sweep(Duration quiet) {
        List<OpenStackNova> sessions;
        synchronized (this) {
            sweeping = false;
            sessions = new ArrayList<>(letGo);
        }
        List<OpenStackNova> done =
                sessions.stream().filter(session -> session.end(quiet)).toList();
        synchronized (this) {
            letGo.removeAll(done);
            if (!letGo.isEmpty()) {
                scheduleSweep();
            }
        }
    }

    /** How many clients take new sessions. */
    synchronized int clients() {
        return clients.size();
    }

    private synchronized SharedClient client(CloudEndpoint endpoint, Transport transport) {
        Instant now = clock.instant();
        clients.values().removeIf(made -> {
            boolean old = made.at().plus(CLIENT_KEPT).isBefore(now);
            if (old) {
                made.client().age();
            }
            return old;
        });
        Way way = new Way(endpoint.v3(), transport.connectTimeout(), transport.caPem(), transport.clients());
        SharedClient client = clients.computeIfAbsent(way, unknown -> new Made(new SharedClient(transport), now))
                .client();
        client.use();
        return client;
    }
}
