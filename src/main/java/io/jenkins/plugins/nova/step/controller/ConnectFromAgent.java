package io.jenkins.plugins.nova.step.controller;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jenkins.security.MasterToSlaveCallable;

/**
 * Connects from an agent to each of these addresses at once, and closes what it has connected. Nothing is sent, and nothing read. What
 * goes to the agent is this object alone, of plain fields, and what comes back a byte for each address: whatever an agent makes of it,
 * it can say no more than that a guest answers or does not.
 */
final class ConnectFromAgent extends MasterToSlaveCallable<byte[], IOException> {

    private static final long serialVersionUID = 1L;

    /** The connection was not taken. */
    static final byte SILENT = 0;

    /** The connection was taken. */
    static final byte ANSWERS = 1;

    /** It was not tried: the name is not found there, or stands for no guest's address, or the agent has no free sockets. */
    static final byte UNASKED = 2;

    private final String[] hosts;
    private final int[] ports;
    private final long millis;

    /**
     * @param hosts names or addresses; one of IPv6 without brackets
     * @param ports one for each
     * @param millis how long a connection is waited for
     */
    ConnectFromAgent(String[] hosts, int[] ports, long millis) {
        this.hosts = hosts.clone();
        this.ports = ports.clone();
        this.millis = millis;
    }

    /** One of the bytes above for each address, in their order. Waits for a second, and for names as long as the agent's resolver does. */
    @Override
    public byte[] call() throws IOException {
        byte[] answers = new byte[hosts.length];
        Arrays.fill(answers, UNASKED);
        List<SocketChannel> opened = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < hosts.length; i++) {
                begin(i, selector, opened, answers);
            }
            await(selector, answers, millis);
        } finally {
            for (SocketChannel channel : opened) {
                channel.close();
            }
        }
        return answers;
    }

    private void begin(int i, Selector selector, List<SocketChannel> opened, byte[] answers) {
        InetSocketAddress address;
        SocketChannel channel;
        try {
            InetAddress host = InetAddress.getByName(hosts[i]);
            if (!GuestConnects.mayBeGuests(host)) {
                return;
            }
            address = new InetSocketAddress(host, ports[i]);
            channel = SocketChannel.open();
        } catch (UnknownHostException nobody) {
            return;
        } catch (IOException none) {
            // no socket is free
            return;
        }
        opened.add(channel);
        connect(channel, address, i, selector, answers);
    }

    /** Begins to connect to an address that may be anybody's. */
    static void connect(SocketChannel channel, InetSocketAddress address, int i, Selector selector, byte[] answers) {
        try {
            channel.configureBlocking(false);
            if (channel.connect(address)) {
                answers[i] = ANSWERS;
            } else {
                answers[i] = SILENT;
                channel.register(selector, SelectionKey.OP_CONNECT, i);
            }
        } catch (IOException | UnresolvedAddressException refused) {
            answers[i] = SILENT;
        }
    }

    /** Waits for those that are not decided yet, for so long at most, or until the thread is interrupted: nobody waits for it then. */
    static void await(Selector selector, byte[] answers, long millis) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (selector.keys().stream().anyMatch(SelectionKey::isValid)
                && !Thread.currentThread().isInterrupted()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return;
            }
            selector.select(left);
            for (SelectionKey key : selector.selectedKeys()) {
                answers[(int) key.attachment()] = taken((SocketChannel) key.channel());
                key.cancel();
            }
            selector.selectedKeys().clear();
        }
    }

    private static byte taken(SocketChannel channel) {
        try {
            return channel.finishConnect() ? ANSWERS : SILENT;
        } catch (IOException refused) {
            return SILENT;
        }
    }
}
