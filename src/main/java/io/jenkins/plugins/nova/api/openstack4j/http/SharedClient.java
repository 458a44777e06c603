package io.jenkins.plugins.nova.api.openstack4j.http;

import java.lang.reflect.InvocationTargetException;
import java.net.http.HttpClient;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One HTTP client of one cloud, with threads of our own, for as long as a session uses it.
 *
 * <p>Java 17 has no way to close a client: its selector thread ends by itself once nobody can reach the client and no
 * request is under way. From Java 21 on it is told to. The threads that run its callbacks are ended here in any case.
 */
public final class SharedClient {

    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads;
    private final HttpClient client;
    private int users;
    private boolean aging;

    /** @throws IllegalArgumentException when the transport's CA certificates cannot be read */
    public SharedClient(Transport transport) {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "openstack-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    // not the loader of whichever build happened to ask first
                    thread.setContextClassLoader(SharedClient.class.getClassLoader());
                    return thread;
                });
        HttpClient.Builder builder = transport
                .clients()
                .get()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(transport.connectTimeout())
                .executor(threads);
        if (transport.caPem() != null) {
            builder.sslContext(Trust.jvmAnd(transport.caPem()));
        }
        client = builder.build();
    }

    HttpClient http() {
        return client;
    }

    /** Begins a use of it; it is not closed before that has ended. */
    public synchronized void use() {
        users++;
    }

    /** One user less; closed when it was the last and no new ones come. */
    public synchronized void leave() {
        users--;
        closeIfUnused();
    }

    /** No new users come: closed when the last one leaves. */
    public synchronized void age() {
        aging = true;
        closeIfUnused();
    }

    /** Whether its threads are told to end. */
    boolean closed() {
        return threads.isShutdown();
    }

    private void closeIfUnused() {
        if (aging && users <= 0 && !threads.isShutdown()) {
            stop(client);
            threads.shutdown();
        }
    }

    /** HttpClient.shutdownNow of Java 21, where there is one. */
    private static void stop(HttpClient client) {
        try {
            HttpClient.class.getMethod("shutdownNow").invoke(client);
        } catch (NoSuchMethodException e) {
            return; // Java 17: see above
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the HTTP client cannot be closed", e);
        }
    }
}
