package io.jenkins.plugins.nova.api.openstack4j.identity;

import io.jenkins.plugins.nova.api.NovaException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Where one credential knocks at one Keystone, whichever sessions it is for. One login at a time: who comes meanwhile
 * waits for it, and shares its failure. A secret that was refused twice is not tried again: after a few more Keystone
 * locks the account ([security_compliance]lockout_failure_attempts, six under PCI DSS).
 */
final class Door {

    /** Twice, since a Keystone in the middle of a change of its own may be wrong once. */
    private static final int TRIES = 2;

    /** How a login ended for those who waited: how it failed, or null. */
    private CompletableFuture<NovaException> under;

    private int refusals;
    private String lastRefusal;

    /** What somebody has who need not log in any more; null when he must. */
    interface Known {
        Grant grant();
    }

    /**
     * Logs in, or waits for whoever does just now.
     *
     * @param known asked before each try: what another thread of the same session has got meanwhile
     * @param logIn the login; its outcome is to be kept where {@code known} finds it
     * @param patience how long to wait for another's login
     * @throws NovaException.NotAuthenticated when the secret is refused, or was and is not tried again
     * @throws NovaException.Unreachable when another's login takes too long
     */
    Grant enter(Known known, Supplier<Grant> logIn, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            CompletableFuture<NovaException> turn;
            boolean mine = false;
            synchronized (this) {
                Grant have = known.grant();
                if (have != null) {
                    return have;
                }
                if (refusals >= TRIES) {
                    throw notAgain();
                }
                if (under == null) {
                    under = new CompletableFuture<>();
                    mine = true;
                }
                turn = under;
            }
            if (mine) {
                return knock(turn, logIn);
            }
            await(turn, end - System.nanoTime());
        }
    }

    /** Forgets what was refused: an administrator says that it may be tried again. */
    synchronized void forget() {
        refusals = 0;
        lastRefusal = null;
    }

    private Grant knock(CompletableFuture<NovaException> turn, Supplier<Grant> logIn) {
        NovaException failure = null;
        try {
            Grant grant = logIn.get();
            synchronized (this) {
                refusals = 0;
            }
            return grant;
        } catch (NovaException e) {
            // who was interrupted has not learned anything: the next one tries for himself
            failure = Thread.currentThread().isInterrupted() ? null : e;
            if (e instanceof NovaException.NotAuthenticated) {
                synchronized (this) {
                    refusals++;
                    lastRefusal = e.getMessage();
                }
            }
            throw e;
        } finally {
            synchronized (this) {
                under = null;
            }
            turn.complete(failure);
        }
    }

    private static void await(CompletableFuture<NovaException> turn, long nanos) {
        try {
            NovaException failure = turn.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            if (failure != null) {
                throw failure;
            }
        } catch (TimeoutException e) {
            throw new NovaException.Unreachable("another login with the same credential is waiting for its answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NovaException.Unreachable("interrupted while another login was waiting for its answer", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private NovaException.NotAuthenticated notAgain() {
        return new NovaException.NotAuthenticated(
                lastRefusal + ". It was refused " + TRIES
                        + " times and is not tried again, so that Keystone does not lock"
                        + " the account. A changed credential is tried at once; to have this one tried again, save the"
                        + " settings of the clouds",
                null);
    }
}
