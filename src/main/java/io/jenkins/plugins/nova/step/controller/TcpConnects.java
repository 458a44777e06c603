package io.jenkins.plugins.nova.step.controller;

import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Connects over TCP from this controller, without a thread that waits for it. Nothing is sent, and nothing read. */
final class TcpConnects implements GuestConnects {

    /** What a guest that answers needs a few milliseconds for. */
    static final long MOST_MILLIS = 1_000;

    private final Executor names;
    private final ScheduledExecutorService clock;

    /**
     * @param names looks names up, which may take its thread for a while
     * @param clock ends what takes too long
     */
    TcpConnects(Executor names, ScheduledExecutorService clock) {
        this.names = names;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Boolean> connect(String server, GuestAddress address) {
        Executor where = address.numeric() ? Runnable::run : names;
        return CompletableFuture.supplyAsync(() -> resolved(address), where).thenCompose(this::connect);
    }

    /** A name may stand for an address that could not have been given. */
    private static InetSocketAddress resolved(GuestAddress address) {
        try {
            InetAddress host = InetAddress.getByName(address.host());
            if (!GuestConnects.mayBeGuests(host)) {
                throw new CompletionException(new IOException(address + " is no guest's: " + host.getHostAddress()));
            }
            return new InetSocketAddress(host, address.port());
        } catch (UnknownHostException e) {
            throw new CompletionException(new IOException("the name of " + address + " is not found", e));
        }
    }

    /** The same of an address that may be anybody's. */
    CompletionStage<Boolean> connect(InetSocketAddress address) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        AsynchronousSocketChannel channel;
        try {
            channel = AsynchronousSocketChannel.open();
        } catch (IOException none) {
            return CompletableFuture.failedFuture(none);
        }
        answer.whenComplete((told, failure) -> close(channel));
        channel.connect(address, answer, new CompletionHandler<>() {
            @Override
            public void completed(Void nothing, CompletableFuture<Boolean> it) {
                it.complete(true);
            }

            @Override
            public void failed(Throwable refused, CompletableFuture<Boolean> it) {
                it.complete(false);
            }
        });
        Runnable tooLate = () -> answer.complete(false);
        clock.schedule(tooLate, MOST_MILLIS, TimeUnit.MILLISECONDS);
        return answer;
    }

    private static void close(AsynchronousSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // it is not needed any more, whatever becomes of it
            return;
        }
    }
}
