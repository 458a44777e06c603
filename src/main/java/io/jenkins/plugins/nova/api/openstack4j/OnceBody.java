package io.jenkins.plugins.nova.api.openstack4j;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request's body that can be sent once only. Used when the JVM has been told to send every request again after a
 * dropped connection: the second attempt finds no body and fails.
 */
final class OnceBody implements HttpRequest.BodyPublisher {

    private final HttpRequest.BodyPublisher body;
    private final AtomicBoolean taken = new AtomicBoolean();

    OnceBody(HttpRequest.BodyPublisher body) {
        this.body = body;
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        if (taken.compareAndSet(false, true)) {
            body.subscribe(subscriber);
            return;
        }
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                // nothing to give
            }

            @Override
            public void cancel() {
                // nothing to end
            }
        });
        subscriber.onError(new IOException("the connection was dropped, and the request is not sent a second time"));
    }
}
