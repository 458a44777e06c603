package io.jenkins.plugins.nova.cloud;

import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.nova.api.NovaException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks Jenkins's providers of credentials, which may be vaults behind a network, as a cloud is asked: each look-up has a limit as
 * a whole, whoever waits for it can be interrupted, and one that hangs has a thread of its own and none of the steps'. Who
 * asks for the same while it hangs waits for the same look-up, so there is one thread at most for each build and credential.
 */
final class CredentialsLookup {

    /** How long a look-up of a build's may take, with the reading of the secret. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool(
            new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "nova-credentials"));
    private final Map<Object, Ask<?>> underWay = new ConcurrentHashMap<>();

    /** A look-up that has begun. */
    private static final class Ask<T> {
        private final CompletableFuture<T> answer = new CompletableFuture<>();
        private volatile Future<?> thread;
        private volatile boolean cut;
    }

    /**
     * Looks something up; what it throws is thrown.
     *
     * @param key names who asks for what: who asks for the same at the same time gets the same answer
     * @param id the credential's, for messages
     * @throws NovaException.Unreachable when it took longer than the limit, or the thread was interrupted meanwhile
     */
    <T> T of(Object key, String id, Duration limit, Supplier<T> lookUp) {
        @SuppressWarnings("unchecked") // a key stands for one kind of question
        Ask<T> ask = (Ask<T>) underWay.computeIfAbsent(key, fresh -> begin(key, lookUp));
        try {
            return ask.answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // it may end now or never; until it does nobody begins another
            ask.cut = true;
            ask.thread.cancel(true);
            throw late(id, limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NovaException.Unreachable(
                    "credentialsId: interrupted while the credential '" + id + "' was looked up", e);
        } catch (ExecutionException e) {
            if (ask.cut) {
                throw late(id, limit, e);
            }
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private <T> Ask<T> begin(Object key, Supplier<T> lookUp) {
        Ask<T> ask = new Ask<>();
        ask.thread = threads.submit(() -> {
            T found = null;
            Throwable failed = null;
            try {
                found = lookUp.get();
            } catch (RuntimeException | Error e) {
                failed = e;
            }
            underWay.remove(key);
            if (failed == null) {
                ask.answer.complete(found);
            } else {
                ask.answer.completeExceptionally(failed);
            }
        });
        return ask;
    }

    private static NovaException late(String id, Duration limit, Exception cause) {
        return new NovaException.Unreachable(
                "credentialsId: the look-up of the credential '" + id + "' has not ended within " + limit.toSeconds()
                        + " s: a provider of credentials of this Jenkins hangs",
                cause);
    }
}
