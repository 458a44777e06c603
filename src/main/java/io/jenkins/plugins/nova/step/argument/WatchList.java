package io.jenkins.plugins.nova.step.argument;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import io.jenkins.plugins.nova.drain.guest.GuestOrder;
import io.jenkins.plugins.nova.step.controller.GuestConnects;
import io.jenkins.plugins.nova.step.controller.WatchingAgent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a pipeline gives as {@code watch}: a map from servers to where their guests answer; or, as a form has no maps, the same as a
 * text, {@code db1=tcp://10.0.0.5:5432}, several with commas or on lines of their own.
 */
public final class WatchList {

    private static final String PARAMETER = "watch";

    /** So many at most: nobody means more, and a mistaken one is to be told as that. */
    private static final int MOST = 1_000;

    private static final String WAY_OUT =
            "give a map of servers, each with the address at which its guest answers: [db1: 'tcp://10.0.0.5:5432']";

    private WatchList() {}

    /**
     * Reads it.
     *
     * @param given null or an empty text for none
     * @throws AbortException names the entry that will not do, and the way out
     */
    public static GuestOrder read(Object given) throws AbortException {
        Object value = Plain.of(given);
        if (value == null || (value instanceof String text && text.isBlank())) {
            return GuestOrder.NONE;
        }
        Map<String, Object> entries = value instanceof Map<?, ?> map ? named(map) : written(value);
        Arguments.check(PARAMETER, entries.size() <= MOST, entries.size() + " entries", "give " + MOST + " at most");
        Map<String, GuestAddress> guests = new LinkedHashMap<>();
        Map<GuestAddress, String> servers = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : entries.entrySet()) {
            String server = entry.getKey();
            Arguments.check(
                    PARAMETER, !server.isBlank(), server, "each entry is to name a server by its id or exact name");
            Arguments.check(
                    PARAMETER,
                    !server.equals("*") && !server.equals("true"),
                    server,
                    "name the servers one by one, each with an address of its own");
            GuestAddress address = address(server, entry.getValue());
            String reference = Arguments.isUuid(server) ? server.toLowerCase(Locale.ROOT) : server;
            Arguments.check(PARAMETER, guests.put(reference, address) == null, server, "name each server once");
            String other = servers.put(address, server);
            Arguments.check(
                    PARAMETER,
                    other == null,
                    address,
                    "it is given for " + other + " and for " + server
                            + "; give each an address that is its guest's alone");
        }
        return new GuestOrder(guests, false, null);
    }

    /**
     * Reads it together with {@code watchFrom}, the agent that looks.
     *
     * @param given as above
     * @param from the agent's name; null or an empty text for the controller, as its own name {@code built-in} is
     * @throws AbortException names the entry that will not do, and the way out
     */
    public static GuestOrder read(Object given, String from) throws AbortException {
        String agent = Util.fixEmptyAndTrim(from);
        return read(given).from(WatchingAgent.CONTROLLER.equals(agent) ? null : agent);
    }

    private static Map<String, Object> named(Map<?, ?> map) {
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((server, address) -> entries.put(String.valueOf(server), address));
        return entries;
    }

    private static Map<String, Object> written(Object value) throws AbortException {
        Arguments.check(PARAMETER, value instanceof String, value, WAY_OUT);
        Map<String, Object> entries = new LinkedHashMap<>();
        for (String entry : value.toString().strip().split("\\s*[,\n]\\s*")) {
            int equals = entry.indexOf('=');
            Arguments.check(PARAMETER, equals > 0, entry, WAY_OUT + "; in a form db1=tcp://10.0.0.5:5432");
            String server = entry.substring(0, equals).strip();
            boolean twice = entries.put(server, entry.substring(equals + 1).strip()) != null;
            Arguments.check(PARAMETER, !twice, server, "name each server once");
        }
        return entries;
    }

    private static GuestAddress address(String server, Object value) throws AbortException {
        String named = PARAMETER + "['" + server + "']";
        Arguments.check(named, value instanceof String, value, "give " + GuestAddress.FORM);
        GuestAddress address;
        try {
            address = GuestAddress.parse(((String) value).strip());
        } catch (IllegalArgumentException wrong) {
            throw new AbortException(named + ": '" + value + "' will not do; " + wrong.getMessage() + ".");
        }
        if (address.numeric()) {
            Arguments.check(
                    named,
                    isGuests(address),
                    value,
                    "it is no address that a guest has for others: loopback, link-local, multicast, or none at all");
        }
        return address;
    }

    /** Of digits nobody is asked: an address in brackets, or of four numbers, is none that has to be looked up. */
    private static boolean isGuests(GuestAddress address) {
        try {
            boolean six = address.host().indexOf(':') >= 0;
            return GuestConnects.mayBeGuests(InetAddress.getByName(six ? "[" + address.host() + "]" : address.host()));
        } catch (UnknownHostException none) {
            return false;
        }
    }
}
