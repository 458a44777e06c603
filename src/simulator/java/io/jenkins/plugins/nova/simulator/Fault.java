package io.jenkins.plugins.nova.simulator;

import java.time.Duration;

/** What goes wrong between a client and the cloud. */
sealed interface Fault {

    /** Whether the service acts on the request all the same. */
    boolean acts();

    /** The connection is dropped without an answer, before or after the request was acted on. */
    record Drop(boolean acts) implements Fault {}

    /** Something else happens at this moment (a client is killed, say), and the connection is dropped. */
    record Interrupt(Runnable what, boolean acts) implements Fault {}

    /** The whole answer comes, but so late (real time). */
    record Late(Duration delay) implements Fault {
        @Override
        public boolean acts() {
            return true;
        }
    }

    /** Another answer than the service's. */
    record Instead(Answer answer, boolean acts) implements Fault {}

    /** The caller's token is revoked first, so that the service itself says 401. */
    record RevokeToken() implements Fault {
        @Override
        public boolean acts() {
            return true;
        }
    }

    /** The body ends in the middle; with {@code announced} the Content-Length promised all of it. */
    record Truncate(boolean announced) implements Fault {
        @Override
        public boolean acts() {
            return true;
        }
    }
}
