package io.jenkins.plugins.nova.step.controller;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.ManualExecutor;
import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import io.jenkins.plugins.nova.drain.guest.GuestAnswers;
import io.jenkins.plugins.nova.drain.guest.GuestCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

/** How guests are looked at: how often, how long, and over a real socket. */
public class GuestLooksTest {

    private static final GuestAddress ADDRESS = GuestAddress.parse("tcp://10.0.0.5:5432");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualExecutor executor = new ManualExecutor(Instant.parse("2026-11-27T12:00:00Z"));
    private final List<CompletableFuture<Boolean>> knocks = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final GuestLooks looks = new GuestLooks(
            (server, address) -> {
                CompletableFuture<Boolean> knock = new CompletableFuture<>();
                knocks.add(knock);
                return knock;
            },
            executor,
            executor.clock(),
            told::add);

    private static GuestCall call(String server, int round) {
        return new GuestCall(server, ADDRESS, round, false);
    }

    private CompletableFuture<Boolean> last() {
        return knocks.get(knocks.size() - 1);
    }

    private GuestAnswers answers(String server) {
        return looks.answers().get(server);
    }

    @Test
    public void eachIsAskedOnceASecondAndNeverTwiceAtATime() {
        looks.watch(List.of(call("db1", 1)));
        executor.advance(Duration.ZERO);
        assertEquals(1, knocks.size());
        executor.advance(SECOND.multipliedBy(5));
        assertEquals("it has not ended", 1, knocks.size());
        last().complete(true);
        executor.advance(SECOND);
        assertEquals(2, knocks.size());
        assertEquals("who answers so late could not be asked", 0, answers("db1").asked());
        last().complete(false);
        executor.advance(Duration.ofMillis(999));
        assertEquals(2, knocks.size());
        executor.advance(Duration.ofMillis(1));
        assertEquals(3, knocks.size());
        last().complete(true);
        executor.advance(SECOND);
        assertEquals(2, answers("db1").asked());
        assertEquals(1, answers("db1").answered());
    }

    /** An agent that is some way off, or a guest that does not answer: the next look follows at once. */
    @Test
    public void aLookThatTakesLongerThanASecondIsFollowedByTheNext() {
        looks.watch(List.of(call("db1", 1)));
        executor.advance(Duration.ofMillis(1_200));
        assertEquals(1, knocks.size());
        last().complete(false);
        executor.advance(Duration.ZERO);
        assertEquals(2, knocks.size());
        assertEquals(1, answers("db1").asked());
    }

    /** One that takes long keeps no other waiting for longer than a look, and is not asked twice. */
    @Test
    public void whoIsLateIsLeftOut() {
        looks.watch(List.of(call("slow", 1), call("db1", 1)));
        executor.advance(Duration.ZERO);
        knocks.get(1).complete(true);
        executor.advance(GuestLooks.LATEST);
        assertEquals("the other one again", 3, knocks.size());
        assertEquals(1, answers("db1").asked());
        assertEquals(0, answers("slow").asked());
        knocks.get(2).complete(true);
        knocks.get(0).complete(true);
        executor.advance(SECOND);
        assertEquals("both again", 5, knocks.size());
    }

    @Test
    public void thatNobodyCanBeAskedIsToldOnceAndAgainWhenItIsOver() {
        looks.watch(List.of(call("db1", 1)));
        executor.advance(Duration.ZERO);
        for (int i = 0; i < 30; i++) {
            last().completeExceptionally(new IOException("agent 'a' is offline"));
            executor.advance(SECOND);
        }
        assertEquals(told.toString(), 1, told.size());
        assertTrue(told.get(0), told.get(0).startsWith("Guests cannot be looked at now: agent 'a' is offline. "));
        last().complete(true);
        executor.advance(SECOND);
        assertEquals(told.toString(), 2, told.size());
        assertEquals("Guests are looked at again, after 30 s.", told.get(1));
        assertEquals(1, answers("db1").asked());
    }

    /** The one that is moved and one that waits fall silent at once: none of it counts until one of them answers. */
    @Test
    public void aSilenceOfAllAtOnceIsNotCounted() {
        boolean[] deaf = {false};
        GuestLooks all = new GuestLooks(
                (server, address) -> CompletableFuture.completedFuture(!deaf[0]),
                executor,
                executor.clock(),
                told::add);
        List<GuestCall> calls = List.of(call("db1", 1), new GuestCall("web1", ADDRESS, 0, true));
        all.watch(calls);
        executor.advance(SECOND.multipliedBy(10));
        long heard = all.answers().get("db1").asked();
        deaf[0] = true;
        executor.advance(SECOND.multipliedBy(60));
        assertEquals(heard, all.answers().get("db1").asked());
        assertEquals(heard, all.answers().get("web1").asked());
        assertEquals(told.toString(), 1, told.size());
        assertTrue(told.get(0), told.get(0).startsWith("All guests that are looked at fell silent at once"));
        deaf[0] = false;
        executor.advance(SECOND.multipliedBy(2));
        assertEquals(told.toString(), 2, told.size());
        assertTrue(told.get(1), told.get(1).startsWith("Guests are heard again, after 1 min"));
        assertEquals(0, all.answers().get("db1").lost());
    }

    @Test
    public void whatCouldNotBeAskedIsNotCounted() {
        looks.watch(List.of(call("db1", 1)));
        executor.advance(Duration.ZERO);
        last().completeExceptionally(new IOException("too many open files"));
        executor.advance(SECOND);
        assertEquals(0, answers("db1").asked());
        assertEquals("it is tried again", 2, knocks.size());
    }

    @Test
    public void anotherRoundBeginsAnewAndALateAnswerOfTheLastIsNobodys() {
        looks.watch(List.of(call("db1", 0)));
        executor.advance(Duration.ZERO);
        CompletableFuture<Boolean> late = last();
        looks.watch(List.of(call("db1", 1)));
        executor.advance(Duration.ZERO);
        late.complete(false);
        assertEquals(1, answers("db1").round());
        assertEquals(0, answers("db1").asked());
        executor.advance(SECOND.multipliedBy(3));
        assertEquals("the first is asked no more", 2, knocks.size());
    }

    @Test
    public void whoIsNotNamedIsLookedAtNoMore() {
        looks.watch(List.of(call("db1", 1), call("db2", 1)));
        executor.advance(Duration.ZERO);
        looks.watch(List.of(call("db2", 1)));
        assertNull(answers("db1"));
        knocks.forEach(knock -> knock.complete(true));
        executor.advance(SECOND);
        assertEquals(3, knocks.size());
    }

    /** A drain may end without another tick. */
    @Test
    public void whoHasNotBeenNamedForLongIsForgotten() {
        GuestLooks ready = new GuestLooks(
                (server, address) -> CompletableFuture.completedFuture(true), executor, executor.clock(), told::add);
        ready.watch(List.of(call("db1", 1)));
        executor.advance(GuestLooks.UNNAMED);
        assertTrue(ready.answers().get("db1").asked() >= GuestLooks.UNNAMED.toSeconds());
        executor.advance(SECOND.multipliedBy(2));
        assertNull(ready.answers().get("db1"));
        assertNull("nothing is due any more", executor.nextDue());
    }

    // ---- over a socket

    private final TcpConnects tcp = new TcpConnects(Runnable::run, executor);

    private static boolean told(CompletableFuture<Boolean> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    @Test
    public void whatTakesTheConnectionAnswersAndWhatRefusesItDoesNot() throws Exception {
        InetSocketAddress there;
        try (ServerSocket guest = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            there = new InetSocketAddress(guest.getInetAddress(), guest.getLocalPort());
            assertTrue(told(tcp.connect(there).toCompletableFuture()));
            assertEquals(
                    "it is closed at once, and nothing was sent",
                    -1,
                    guest.accept().getInputStream().read());
        }
        assertFalse(told(tcp.connect(there).toCompletableFuture()));
    }

    /** 192.0.2.0/24 is nobody's (RFC 5737). */
    @Test
    public void whatDoesNotAnswerInASecondDoesNot() throws Exception {
        CompletableFuture<Boolean> answer =
                tcp.connect("db1", GuestAddress.parse("tcp://192.0.2.1:9")).toCompletableFuture();
        executor.advance(SECOND);
        assertFalse(told(answer));
    }

    /** Neither a name that nobody knows nor one of the controller itself is a silence of the guest. */
    @Test
    public void aNameThatIsNoGuestsTellsNothing() {
        for (String name : List.of("tcp://nobody.invalid:22", "tcp://localhost:22")) {
            CompletableFuture<Boolean> answer =
                    tcp.connect("db1", GuestAddress.parse(name)).toCompletableFuture();
            assertThrows(name, ExecutionException.class, () -> told(answer));
        }
    }
}
