package io.jenkins.plugins.nova.drain.guest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a guest is looked at: something there takes TCP connections.
 *
 * @param host a name or an address; one of IPv6 without brackets
 * @param port 1 to 65535
 */
public record GuestAddress(String host, int port) {

    /** How an address is written. */
    public static final String FORM = "tcp://HOST:PORT, such as tcp://10.0.0.5:5432 or tcp://[2001:db8::5]:5432";

    private static final int MOST = 65_535;

    private static final Pattern WRITTEN =
            Pattern.compile("tcp://(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)):([0-9]{1,9})");

    private static final Pattern FOUR_NUMBERS = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    /**
     * Reads what a pipeline says.
     *
     * @param text an address as in {@link #FORM}
     * @throws IllegalArgumentException when it is none; its message is the way out, without the value
     */
    public static GuestAddress parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException("give " + FORM);
        }
        int port = Integer.parseInt(written.group(3));
        if (port < 1 || port > MOST) {
            throw new IllegalArgumentException("its port is to be from 1 to " + MOST);
        }
        String host = written.group(1) != null ? written.group(1) : written.group(2);
        boolean numbers = host.matches("[0-9.]+");
        if (numbers && !FOUR_NUMBERS.matcher(host).matches()) {
            throw new IllegalArgumentException("an IPv4 address has four numbers from 0 to 255; give " + FORM);
        }
        return new GuestAddress(host, port);
    }

    /** Whether the host is an address, which nobody need be asked for, and not a name. */
    public boolean numeric() {
        return host.indexOf(':') >= 0 || FOUR_NUMBERS.matcher(host).matches();
    }

    /** As it is written. */
    @Override
    public String toString() {
        return "tcp://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
