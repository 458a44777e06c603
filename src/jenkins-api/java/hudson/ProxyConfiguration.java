package hudson;

import hudson.model.Describable;
import hudson.model.Saveable;
import java.io.IOException;
import java.io.Serializable;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.http.HttpClient;

public final class ProxyConfiguration implements Describable<ProxyConfiguration>, Saveable, Serializable {
    public final String name;
    public final int port;

    public ProxyConfiguration(String a0, int a1) {
        this.name = a0;
        this.port = a1;
    }

    public Proxy createProxy(String a0) {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(name, port));
    }

    public static HttpClient newHttpClient() {
        return newHttpClientBuilder().build();
    }

    public static HttpClient.Builder newHttpClientBuilder() {
        return HttpClient.newBuilder();
    }

    public void save() throws IOException {
        throw new UnsupportedOperationException();
    }
}
