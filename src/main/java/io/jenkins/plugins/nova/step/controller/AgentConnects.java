package io.jenkins.plugins.nova.step.controller;

import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Has an agent connect over TCP: one call for all addresses, and one of its own for each name, so that a name that takes long to look up
 * there keeps nobody else waiting. An agent that is not connected, does not answer in time or answers what is no answer could not be
 * asked.
 */
final class AgentConnects implements GuestConnects {

    /** How long an agent is waited for: a second to connect in, and one for the way there and back. */
    static final long MOST_MILLIS = 2 * TcpConnects.MOST_MILLIS;

    private final String agent;
    private final Supplier<VirtualChannel> channel;
    private final Executor calls;

    /**
     * @param agent its name
     * @param channel the way to it; gives null while it is not connected
     * @param calls what waits for it: a thread may hang there while the way to it does
     */
    AgentConnects(String agent, Supplier<VirtualChannel> channel, Executor calls) {
        this.agent = agent;
        this.channel = channel;
        this.calls = calls;
    }

    @Override
    public CompletionStage<Boolean> connect(String server, GuestAddress address) {
        return connectAll(Map.of(server, address)).get(server);
    }

    @Override
    public Map<String, CompletionStage<Boolean>> connectAll(Map<String, GuestAddress> guests) {
        Map<String, CompletionStage<Boolean>> answers = new LinkedHashMap<>();
        List<Ask> numeric = new ArrayList<>();
        guests.forEach((server, address) -> {
            Ask ask = new Ask(address, new CompletableFuture<>());
            answers.put(server, ask.answer);
            if (address.numeric()) {
                numeric.add(ask);
            } else {
                call(List.of(ask));
            }
        });
        if (!numeric.isEmpty()) {
            call(List.copyOf(numeric));
        }
        return answers;
    }

    private record Ask(GuestAddress address, CompletableFuture<Boolean> answer) {}

    private void call(List<Ask> asks) {
        try {
            calls.execute(() -> {
                try {
                    told(asks, asked(asks));
                } catch (IOException unasked) {
                    fail(asks, unasked);
                }
            });
        } catch (RejectedExecutionException ended) {
            fail(asks, new IOException("this controller goes down", ended));
        }
    }

    private static void fail(List<Ask> asks, IOException why) {
        asks.forEach(ask -> ask.answer.completeExceptionally(why));
    }

    /** What the agent says of them. */
    private byte[] asked(List<Ask> asks) throws IOException {
        VirtualChannel way = channel.get();
        if (way == null) {
            throw new IOException("agent '" + agent + "' is offline");
        }
        String[] hosts = asks.stream().map(ask -> ask.address.host()).toArray(String[]::new);
        int[] ports = asks.stream().mapToInt(ask -> ask.address.port()).toArray();
        Future<byte[]> answer = null;
        try {
            answer = way.callAsync(new ConnectFromAgent(hosts, ports, TcpConnects.MOST_MILLIS));
            return answer.get(MOST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new IOException("agent '" + agent + "' does not answer", late);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("this controller goes down", e);
        } catch (ExecutionException e) {
            throw new IOException("agent '" + agent + "' cannot connect: " + e.getCause(), e);
        } catch (IOException | RuntimeException | LinkageError e) {
            // a channel that closes meanwhile, and whatever remoting makes of an agent that is odd
            throw new IOException("agent '" + agent + "' cannot be asked: " + e, e);
        }
    }

    private void told(List<Ask> asks, byte[] answers) throws IOException {
        if (answers == null || answers.length != asks.size()) {
            throw new IOException("agent '" + agent + "' answers what is no answer");
        }
        for (int i = 0; i < answers.length; i++) {
            Ask ask = asks.get(i);
            switch (answers[i]) {
                case ConnectFromAgent.ANSWERS -> ask.answer.complete(true);
                case ConnectFromAgent.SILENT -> ask.answer.complete(false);
                default ->
                    ask.answer.completeExceptionally(
                            new IOException(ask.address + " could not be asked from agent '" + agent
                                    + "': its name is not found there or stands for no guest's address, or the agent has no"
                                    + " free sockets"));
            }
        }
    }
}
