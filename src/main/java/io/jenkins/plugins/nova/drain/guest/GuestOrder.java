package io.jenkins.plugins.nova.drain.guest;

import java.util.Map;

/**
 * Which guests are looked at while their servers are moved, as the pipeline says it.
 *
 * @param guests addresses by servers' ids or exact names; null is taken as none
 * @param ofMoreHosts whether they are guests of more servers than this order is about, as in a roll: one that is not among them is
 *     then no mistake
 * @param from the agent that looks at them, by its name; null for the controller, as in old states
 */
public record GuestOrder(Map<String, GuestAddress> guests, boolean ofMoreHosts, String from) {

    /** Nobody is looked at. */
    public static final GuestOrder NONE = new GuestOrder(Map.of(), false, null);

    public GuestOrder {
        guests = guests == null ? Map.of() : Map.copyOf(guests);
    }

    /** The same, of which others may be elsewhere. */
    public GuestOrder amongOthers() {
        return new GuestOrder(guests, true, from);
    }

    /** The same, looked at from there. */
    public GuestOrder from(String agent) {
        return new GuestOrder(guests, ofMoreHosts, agent);
    }
}
