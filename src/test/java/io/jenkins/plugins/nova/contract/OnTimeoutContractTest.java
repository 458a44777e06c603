package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.run.DrainRunner;
import io.jenkins.plugins.nova.drain.run.RunnerPorts;
import io.jenkins.plugins.nova.drain.tell.Narrator;
import io.jenkins.plugins.nova.plan.Route;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;

/**
 * What the four ways to treat a live migration over its time do to a server. The cloud is as slow as it is; the drain's own
 * clock jumps past the deadline, and its pauses are a tenth of what they are.
 */
public class OnTimeoutContractTest {
    private static final Duration JUMP = Duration.ofHours(2);

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.followingTheClock();

    private final ScheduledThreadPoolExecutor executor = new Hasty();
    private final Late clock = new Late();
    private final Recorder recorder = new Recorder();
    private DrainRunner runner;

    @After
    public void end() {
        executor.shutdownNow();
    }

    /** Begins to move a server that copies for ten minutes, and has its time be over once it copies. */
    private ServerState overItsTime(OnTimeout policy) {
        String id = cloud.bootHere("slow");
        cloud.needControl();
        cloud.liveSeconds("slow", 600);
        runner = new DrainRunner(
                DrainState.begin(Orders.of(Route.LIVE, "slow").onTimeout(policy).make(), clock.instant()),
                recorder,
                claim -> Holders.Holding.UNKNOWN,
                executor,
                clock);
        runner.start();
        cloud.await(
                "bytes are seen",
                this::slow,
                slow -> slow != null
                        && slow.progress() != null
                        && slow.progress().total() > 0
                        && slow.progress().remaining() < slow.progress().total());
        assertEquals(
                cloud.admin().server(id).flavor().ramMiB() << 20,
                slow().progress().total());
        clock.jumped = true;
        cloud.await("the drain is over", () -> recorder.last, last -> last != null || recorder.bug != null);
        return slow();
    }

    /** Null before the drain knows it. */
    private ServerState slow() {
        assertNull(recorder.bug);
        return runner.state().servers().stream()
                .filter(server -> server.name().equals("slow"))
                .findFirst()
                .orElse(null);
    }

    private Server seen() {
        return cloud.admin().server(slow().id());
    }

    @Test
    public void abort() {
        ServerState slow = overItsTime(OnTimeout.ABORT);
        assertEquals(recorder.text(), Outcome.FAILED, slow.outcome());
        assertTrue(slow.reason(), slow.reason().startsWith("its live migration was aborted: over its time of "));
        assertEquals("cancelled", cloud.newest(slow.id()).status());
        assertEquals(cloud.host(1) + " ACTIVE", seen().host() + " " + seen().status());
    }

    @Test
    public void forceComplete() {
        ServerState slow = overItsTime(OnTimeout.FORCE_COMPLETE);
        assertEquals(recorder.text(), Outcome.MOVED, slow.outcome());
        assertEquals("completed", cloud.newest(slow.id()).status());
        assertNotEquals(cloud.host(1), seen().host());
        assertEquals("ACTIVE", seen().status());
    }

    @Test
    public void coldMigrate() {
        ServerState slow = overItsTime(OnTimeout.COLD_MIGRATE);
        assertEquals(recorder.text(), Outcome.AWAITING_CONFIRM, slow.outcome());
        assertEquals(
                "migration finished",
                cloud.newest(slow.id()).type() + " " + cloud.newest(slow.id()).status());
        assertNotEquals(cloud.host(1), seen().host());
        assertEquals("VERIFY_RESIZE", seen().status());
    }

    @Test
    public void leave() {
        ServerState slow = overItsTime(OnTimeout.LEAVE);
        assertEquals(recorder.text(), Outcome.LEFT, slow.outcome());
        assertEquals("running", cloud.newest(slow.id()).status());
        cloud.admin().abortMigration(slow.id(), slow.migration());
        assertEquals(cloud.host(1), cloud.awaitStatus(slow.id(), "ACTIVE").host());
    }

    /** Ten times as fast as it is told to be. */
    private static final class Hasty extends ScheduledThreadPoolExecutor {
        Hasty() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            return super.schedule(command, unit.toMillis(delay) / 10, TimeUnit.MILLISECONDS);
        }
    }

    /** The real time, and later once it has jumped. */
    private static final class Late extends Clock {
        private volatile boolean jumped;

        @Override
        public Instant instant() {
            Instant now = Clock.systemUTC().instant();
            return jumped ? now.plus(JUMP) : now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("only UTC");
        }
    }

    private final class Recorder implements RunnerPorts<DrainState> {
        private final Narrator narrator = new Narrator();
        private final List<String> console = new CopyOnWriteArrayList<>();
        private volatile DrainState last;
        private volatile Throwable bug;

        String text() {
            return String.join("\n", console);
        }

        @Override
        public Nova nova() {
            return cloud.admin();
        }

        @Override
        public CompletionStage<Void> save(DrainState state) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean goingDown() {
            return false;
        }

        @Override
        public void changed(DrainState before, DrainState after) {
            console.addAll(narrator.lines(before, after, clock.instant()));
        }

        @Override
        public void ended(DrainState state) {
            last = state;
        }

        @Override
        public void broken(DrainState state, Throwable what) {
            bug = what;
        }
    }
}
