package io.jenkins.plugins.nova.step.controller;

import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Knocks at guests. */
public interface GuestConnects {

    /**
     * Connects, and closes what it has connected. Returns at once, and keeps no thread waiting that others need.
     *
     * @param server the server's id, for who knows its guest otherwise than by its address
     * @param address where it answers
     * @return true when the guest has taken the connection, false when not within about a second; exceptionally when it could not be
     *     asked at all, which tells nothing of the guest: the message says why
     */
    CompletionStage<Boolean> connect(String server, GuestAddress address);

    /**
     * The same of several at a time.
     *
     * @param guests addresses by servers' ids
     * @return for each of them what {@link #connect} has
     */
    default Map<String, CompletionStage<Boolean>> connectAll(Map<String, GuestAddress> guests) {
        Map<String, CompletionStage<Boolean>> answers = new LinkedHashMap<>();
        guests.forEach((server, address) -> answers.put(server, connect(server, address)));
        return answers;
    }

    /** Whether an address may be a guest's: not that of the one who connects, nor one that is reached without a route. */
    static boolean mayBeGuests(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress();
    }
}
