package io.jenkins.plugins.nova.api.openstack4j.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Collects an answer's body up to a size, and as long as there is room for it beside the answers of all other clouds;
 * gives up beyond.
 */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

    /** The body is larger than allowed. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message);
        }
    }

    private final int limit;
    private final Intake intake;
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private List<byte[]> chunks = new ArrayList<>();
    private int size;
    private boolean over;
    private boolean delivered;
    private Flow.Subscription subscription;

    /**
     * @param limit in bytes
     * @param intake where room is taken; what is delivered whole is given back by who reads it, all else here
     */
    BoundedBody(int limit, Intake intake) {
        this.limit = limit;
        this.intake = intake;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            String problem = add(buffer);
            if (problem != null) {
                subscription.cancel();
                whole.completeExceptionally(new TooLarge(problem));
                return;
            }
        }
    }

    /** @return why it was not taken; null when it was, or when nobody waits any more */
    private synchronized String add(ByteBuffer buffer) {
        int more = buffer.remaining();
        if (over) {
            return null;
        }
        if (more > limit - size) {
            abandon();
            return "is larger than " + limit + " bytes";
        }
        if (!intake.take(more)) {
            abandon();
            return "does not fit beside the other answers that are being read, " + intake.most()
                    + " bytes together at most";
        }
        byte[] chunk = new byte[more];
        buffer.get(chunk);
        chunks.add(chunk);
        size += more;
        return null;
    }

    /** Nobody waits for this body any more, nor has it been handed out. */
    synchronized void abandon() {
        if (!over || delivered) {
            intake.giveBack(size);
        }
        over = true;
        delivered = false;
        chunks = List.of();
    }

    @Override
    public void onError(Throwable failure) {
        abandon();
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        byte[] bytes;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            delivered = true;
            bytes = joined();
        }
        whole.complete(bytes);
    }

    private byte[] joined() {
        byte[] bytes = new byte[size];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, bytes, at, chunk.length);
            at += chunk.length;
        }
        chunks = List.of();
        return bytes;
    }
}
