package io.jenkins.plugins.nova.cloud;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The proxies of the environment, {@code https_proxy} and its family, as the openstack command goes by them (the library requests:
 * get_environ_proxies and should_bypass_proxies in requests/utils.py).
 */
public final class ClientProxies extends ProxySelector {

    private static final int HTTP_PROXY_PORT = 80;

    private final UnaryOperator<String> environment;

    /** @param environment the variables of the environment, null for one that is not there */
    public ClientProxies(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /**
     * A proxy on the way.
     *
     * @param variable which names it
     * @param host its host
     * @param port its port
     */
    record Way(String variable, String host, int port) {}

    /**
     * The proxy on the way to an address, if there is one.
     *
     * @throws IllegalArgumentException when the variable names none that can be used
     */
    Optional<Way> to(URI address) {
        if (address.getHost() == null || isLeftOut(address)) {
            return Optional.empty();
        }
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        return Stream.of(scheme + "_proxy", "all_proxy")
                .flatMap(name -> Stream.of(name, name.toUpperCase(Locale.ROOT)))
                .filter(name -> said(name) != null)
                .findFirst()
                .map(name -> way(name, said(name)));
    }

    private Way way(String variable, String value) {
        try {
            URI proxy = new URI(value.contains("://") ? value : "http://" + value);
            if (proxy.getHost() == null
                    || proxy.getRawUserInfo() != null
                    || !"http".equalsIgnoreCase(proxy.getScheme())) {
                throw unusable(variable);
            }
            return new Way(variable, proxy.getHost(), proxy.getPort() < 0 ? HTTP_PROXY_PORT : proxy.getPort());
        } catch (URISyntaxException odd) {
            throw unusable(variable);
        }
    }

    /** The value is not shown: there may be a password in it. */
    private static IllegalArgumentException unusable(String variable) {
        return new IllegalArgumentException(
                variable + ": only a proxy such as http://proxy.example:3128, without a user or"
                        + " password, can be gone through; name one, or take the cloud out with no_proxy");
    }

    private boolean isLeftOut(URI address) {
        String left = said("no_proxy") == null ? said("NO_PROXY") : said("no_proxy");
        if (left == null) {
            return false;
        }
        String host = address.getHost().toLowerCase(Locale.ROOT);
        String whole = host + ":" + address.getPort();
        return Stream.of(left.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .anyMatch(each -> each.equals("*") || host.endsWith(each) || whole.endsWith(each) || isIn(host, each));
    }

    /** Whether a numeric address is in a network such as 10.0.0.0/8. */
    private static boolean isIn(String host, String network) {
        String[] parts = network.split("/", 2);
        if (parts.length < 2 || !parts[1].matches("[0-9]|[12][0-9]|3[0-2]")) {
            return false;
        }
        long address = number(host);
        long base = number(parts[0]);
        int shift = Integer.SIZE - Integer.parseInt(parts[1]);
        return address >= 0 && base >= 0 && address >> shift == base >> shift;
    }

    /** A negative number when it is no numeric address of version 4. */
    private static long number(String address) {
        if (!address.matches("(\\d{1,3}\\.){3}\\d{1,3}")) {
            return -1;
        }
        long number = 0;
        for (String part : address.split("\\.")) {
            number = number << Byte.SIZE | Integer.parseInt(part);
        }
        return number;
    }

    private String said(String name) {
        String value = environment.apply(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    @Override
    public List<Proxy> select(URI address) {
        return List.of(to(address)
                .map(way -> new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(way.host(), way.port())))
                .orElse(Proxy.NO_PROXY));
    }

    /** Who asked is told by the connection itself. */
    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        // nothing is kept: each look at the cloud tries again
    }
}
