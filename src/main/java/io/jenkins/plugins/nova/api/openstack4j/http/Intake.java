package io.jenkins.plugins.nova.api.openstack4j.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of answers may be in memory at once, over all clouds: one cloud's fat answer must not cost another's
 * drain. An answer counts from its first byte until it has been read as JSON.
 */
public final class Intake {

    /** As much of the heap as answers may take: what is made of them takes several times as much. */
    private static final int PART_OF_HEAP = 8;

    private static final long LEAST = 8L << 20;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    /** @param most in bytes */
    public Intake(long most) {
        this.most = most;
    }

    /** An eighth of this JVM's heap. */
    public static Intake ofThisJvm() {
        return new Intake(Math.max(LEAST, Runtime.getRuntime().maxMemory() / PART_OF_HEAP));
    }

    /** Takes room for some bytes; false, and nothing taken, where there is none. */
    public boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    /** Gives room back. */
    public void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** Bytes in memory now. */
    public long taken() {
        return taken.get();
    }

    /** Bytes at most. */
    public long most() {
        return most;
    }
}
