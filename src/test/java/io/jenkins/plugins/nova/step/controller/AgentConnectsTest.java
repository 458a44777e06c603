package io.jenkins.plugins.nova.step.controller;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import hudson.remoting.Callable;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import io.jenkins.plugins.nova.step.controller.SomeAgents.Answer;
import io.jenkins.plugins.nova.step.controller.SomeAgents.SerializingChannel;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.Test;

/** Guests that an agent connects to: what goes to it, what comes back, and what does not. */
public class AgentConnectsTest {

    private static final GuestAddress DB1 = GuestAddress.parse("tcp://10.0.0.5:5432");

    private static AgentConnects over(VirtualChannel channel) {
        return new AgentConnects("tenant-net", () -> channel, Runnable::run);
    }

    /** An agent that answers this, whatever it is asked. */
    private static VirtualChannel answering(Object answer) {
        return new SerializingChannel() {
            @Override
            @SuppressWarnings("unchecked")
            protected <V, T extends Throwable> V run(Callable<V, T> callable) {
                return (V) answer;
            }
        };
    }

    private static String why(CompletionStage<Boolean> answer) {
        return assertThrows(
                        CompletionException.class,
                        () -> answer.toCompletableFuture().join())
                .getCause()
                .getMessage();
    }

    @Test
    public void allAddressesAreOneCallAndEachNameIsOneOfItsOwn() {
        SerializingChannel channel = new SerializingChannel() {
            @Override
            @SuppressWarnings("unchecked")
            protected <V, T extends Throwable> V run(Callable<V, T> callable) {
                return (V) (calls == 1 ? new byte[] {ConnectFromAgent.UNASKED} : new byte[] {1, 0, 2});
            }
        };
        Map<String, GuestAddress> guests = new LinkedHashMap<>();
        guests.put("a", DB1);
        guests.put("name", GuestAddress.parse("tcp://db1.example:22"));
        guests.put("b", GuestAddress.parse("tcp://10.0.0.6:22"));
        guests.put("c", GuestAddress.parse("tcp://[2001:db8::5]:22"));
        Map<String, CompletionStage<Boolean>> answers = over(channel).connectAll(guests);
        assertEquals(2, channel.calls);
        assertEquals(guests.keySet(), answers.keySet());
        assertEquals(true, answers.get("a").toCompletableFuture().join());
        assertEquals(false, answers.get("b").toCompletableFuture().join());
        assertTrue(why(answers.get("c")).contains("tcp://[2001:db8::5]:22 could not be asked from agent 'tenant-net'"));
        assertTrue(why(answers.get("name")).contains("its name is not found there"));
    }

    /** Each row: the way to the agent, and why nobody could be asked; no stack trace, and never an answer. */
    @Test
    public void anAgentThatCannotBeAskedIsNoSilence() {
        Map<String, VirtualChannel> rows = new LinkedHashMap<>();
        rows.put("agent 'tenant-net' is offline", null);
        rows.put("agent 'tenant-net' answers what is no answer", answering(new byte[0]));
        rows.put("agent 'tenant-net' answers what is no answer ", answering(null));
        rows.put("agent 'tenant-net' cannot be asked: java.lang.ClassCastException", answering("evil"));
        rows.put("tcp://10.0.0.5:5432 could not be asked from agent 'tenant-net'", answering(new byte[] {77}));
        rows.put("agent 'tenant-net' cannot be asked: java.io.IOException: closed", new SerializingChannel() {
            @Override
            public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) throws IOException {
                throw new IOException("closed");
            }
        });
        rows.put("agent 'tenant-net' cannot connect: java.io.IOException: aborted", new SerializingChannel() {
            @Override
            public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) {
                Answer<V> answer = new Answer<>();
                answer.completeExceptionally(new IOException("aborted"));
                return answer;
            }
        });
        rows.forEach((why, channel) -> {
            String told = why(over(channel).connect("db1", DB1));
            assertTrue(why + ": " + told, told.startsWith(why.strip()));
        });
    }

    @Test
    public void anAgentThatDoesNotAnswerIsGivenUp() {
        Answer<Object> never = new Answer<>();
        VirtualChannel hanging = new SerializingChannel() {
            @Override
            @SuppressWarnings("unchecked")
            public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) {
                return (Future<V>) never;
            }
        };
        assertEquals("agent 'tenant-net' does not answer", why(over(hanging).connect("db1", DB1)));
        assertTrue("it is told to stop", never.isCancelled());
    }

    /** Loopback and others are refused by the agent itself, and names are looked up there. */
    @Test
    public void whatIsNoGuestsIsNotConnectedTo() throws Exception {
        String[] hosts = {
            "127.0.0.1", "::1", "169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0", "localhost", "no.invalid"
        };
        int[] ports = new int[hosts.length];
        Arrays.fill(ports, 22);
        byte[] unasked = new byte[hosts.length];
        Arrays.fill(unasked, ConnectFromAgent.UNASKED);
        assertArrayEquals(
                unasked,
                new SerializingChannel()
                        .callAsync(new ConnectFromAgent(hosts, ports, 1_000))
                        .get());
    }

    /** 192.0.2.0/24 is nobody's (RFC 5737). */
    @Test
    public void whatDoesNotAnswerInTimeIsSilent() throws Exception {
        String[] hosts = {"192.0.2.1"};
        assertArrayEquals(
                new byte[] {ConnectFromAgent.SILENT},
                new SerializingChannel()
                        .callAsync(new ConnectFromAgent(hosts, new int[] {9}, 50))
                        .get());
    }

    @Test
    public void whatTakesTheConnectionAnswersAndWhatRefusesItDoesNot() throws Exception {
        int refused;
        try (ServerSocket closed = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            refused = closed.getLocalPort();
        }
        byte[] answers = {ConnectFromAgent.UNASKED, ConnectFromAgent.UNASKED};
        try (ServerSocket guest = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Selector selector = Selector.open();
                SocketChannel first = SocketChannel.open();
                SocketChannel second = SocketChannel.open()) {
            InetAddress here = guest.getInetAddress();
            ConnectFromAgent.connect(first, new InetSocketAddress(here, guest.getLocalPort()), 0, selector, answers);
            ConnectFromAgent.connect(second, new InetSocketAddress(here, refused), 1, selector, answers);
            ConnectFromAgent.await(selector, answers, 30_000);
        }
        assertArrayEquals(new byte[] {ConnectFromAgent.ANSWERS, ConnectFromAgent.SILENT}, answers);
    }

    /** A class filter of remoting's lets these pass (JEP-200), and an agent learns nothing that it need not. */
    @Test
    public void whatGoesToTheAgentIsPlain() {
        Set<Class<?>> types = Arrays.stream(ConnectFromAgent.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getType)
                .collect(Collectors.toSet());
        assertEquals(Set.of(String[].class, int[].class, long.class), types);
    }
}
