package io.jenkins.plugins.nova.step.controller;

import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import java.net.InetAddress;
import java.util.concurrent.CompletionStage;

/** Knocks at guests. */
public interface GuestConnects {

    /**
     * Connects, and closes what it has connected. Returns at once, and keeps no thread waiting.
     *
     * @param server the server's id, for who knows its guest otherwise than by its address
     * @param address where it answers
     * @return true when the guest has taken the connection, false when not within about a second; exceptionally when it could not be
     *     asked at all, which tells nothing of the guest
     */
    CompletionStage<Boolean> connect(String server, GuestAddress address);

    /** Whether an address may be a guest's: not the controller's own, nor one that is reached without a route. */
    static boolean mayBeGuests(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress();
    }
}
