package io.jenkins.plugins.nova.telemetry;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells every {@link DrainListener}, on a thread of its own that is there while there is something to tell: who listens may hang
 * or fail, and no drain waits for it. Where nobody listens there is no thread. An extension so that there is one.
 */
@Extension
public final class DrainListeners {

    private static final Logger LOGGER = Logger.getLogger(DrainListeners.class.getName());

    /** Of events that wait, while a listener hangs; more are dropped. About what ten thousand servers come to. */
    static final int WAITING = 20_000;

    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "nova-listeners"));

    /** What was logged as a warning already. */
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    /** For Jenkins. */
    public DrainListeners() {
        thread.allowCoreThreadTimeOut(true);
    }

    /** Whether anybody listens. */
    static boolean any() {
        return !ExtensionList.lookup(DrainListener.class).isEmpty();
    }

    /** Has all that listen told, in this order. Returns at once. */
    static void tell(List<? extends DrainEvent> events) {
        if (!events.isEmpty() && any()) {
            ExtensionList.lookupSingleton(DrainListeners.class).enqueue(events);
        }
    }

    private void enqueue(List<? extends DrainEvent> events) {
        for (DrainEvent event : events) {
            try {
                thread.execute(() -> tellAll(event));
            } catch (RejectedExecutionException e) {
                warnOnce(
                        "full",
                        e,
                        WAITING + " events wait for a listener that does not return; the next ones are lost");
            }
        }
    }

    private void tellAll(DrainEvent event) {
        for (DrainListener listener : ExtensionList.lookup(DrainListener.class)) {
            try {
                event.tell(listener);
            } catch (RuntimeException | Error e) {
                String name = listener.getClass().getName();
                warnOnce(name, e, name + " could not take an event of a drain; drains go on without it");
            }
        }
    }

    private void warnOnce(String about, Throwable cause, String message) {
        LOGGER.log(warned.add(about) ? Level.WARNING : Level.FINE, message, cause);
    }
}
