package io.jenkins.plugins.nova.api.openstack4j.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request's body that can be sent once only. Used when the JVM has been told to send every request again after a
 * dropped connection. The JDK's client asks for the length when it writes the head of each attempt: the second asking
 * fails, before anything is sent. An empty body is never subscribed to, so there the first asking counts as sending.
 */
final class OnceBody implements HttpRequest.BodyPublisher {

    private final HttpRequest.BodyPublisher body;
    private final AtomicBoolean spent = new AtomicBoolean();

    OnceBody(HttpRequest.BodyPublisher body) {
        this.body = body;
    }

    @Override
    public long contentLength() {
        boolean again = body.contentLength() == 0 ? !spent.compareAndSet(false, true) : spent.get();
        if (again) {
            throw new UncheckedIOException(
                    new IOException("the connection was dropped, and the request is not sent a second time"));
        }
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        spent.set(true);
        body.subscribe(subscriber);
    }
}
