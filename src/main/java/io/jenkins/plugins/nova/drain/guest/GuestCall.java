package io.jenkins.plugins.nova.drain.guest;

/**
 * A guest that is to be looked at from now on.
 *
 * @param server its server's id
 * @param address where
 * @param round what it is looked at for: 0 before its move, then the number of the try. Counts of another round begin anew
 * @param witness whether its server is not being moved: who hears neither those that are moved nor one of these is likely to be deaf
 */
public record GuestCall(String server, GuestAddress address, int round, boolean witness) {}
