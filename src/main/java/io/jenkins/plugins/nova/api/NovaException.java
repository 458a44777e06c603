package io.jenkins.plugins.nova.api;

import java.time.Duration;

/**
 * What can go wrong between this project and a cloud. The message is fit for an operator's console: it names the call
 * and what came of it, and never holds a token, a password or a request body. Whatever it quotes is harmless
 * ({@link ForeignText}).
 */
public abstract sealed class NovaException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NovaException(String message, Throwable cause) {
        super(ForeignText.words(message), cause);
    }

    /**
     * Whether a change that was asked for may have happened all the same: the caller must look before it asks again
     * (law 2).
     */
    public abstract boolean outcomeUnknown();

    /** The cloud could not be reached: nothing was sent. Name resolution, refused connection, TLS handshake. */
    public static final class Unreachable extends NovaException {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean outcomeUnknown() {
            return false;
        }
    }

    /** The request was, or may have been, sent and no whole answer came: a time-out, a dropped connection. */
    public static final class NoAnswer extends NovaException {
        private static final long serialVersionUID = 1L;

        public NoAnswer(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean outcomeUnknown() {
            return true;
        }
    }

    /** An answer came that makes no sense: not JSON, cut off, a redirect, too large, a missing field. */
    public static final class Unintelligible extends NovaException {
        private static final long serialVersionUID = 1L;

        public Unintelligible(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean outcomeUnknown() {
            return true;
        }
    }

    /** Keystone did not accept the credential, or the token is not accepted even after a new login. */
    public static final class NotAuthenticated extends NovaException {
        private static final long serialVersionUID = 1L;

        public NotAuthenticated(String message, Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean outcomeUnknown() {
            return false;
        }
    }

    /** The cloud lacks what is needed: no such region or endpoint, too old a microversion. */
    public static final class Missing extends NovaException {
        private static final long serialVersionUID = 1L;

        public Missing(String message) {
            super(message, null);
        }

        @Override
        public boolean outcomeUnknown() {
            return false;
        }
    }

    /** Any HTTP status of 400 or more with which the service answered. */
    public static final class Refused extends NovaException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String novaMessage;
        private final String requestId;
        private final Duration retryAfter;

        /**
         * @param call the call in words, such as {@code "live migrate server 5f…"}
         * @param status the HTTP status, 400 or more
         * @param novaMessage the service's own words; empty when it gave none
         * @param requestId may be null
         * @param retryAfter null when the service did not say
         */
        public Refused(String call, int status, String novaMessage, String requestId, Duration retryAfter) {
            super(
                    call + ": HTTP " + status + (novaMessage.isEmpty() ? "" : ": " + novaMessage)
                            + (requestId == null ? "" : " (" + requestId + ")"),
                    null);
            this.status = status;
            this.novaMessage = ForeignText.words(novaMessage);
            this.requestId = requestId;
            this.retryAfter = retryAfter;
        }

        /** The HTTP status. */
        public int status() {
            return status;
        }

        /** The service's own words, empty when it gave none. */
        public String novaMessage() {
            return novaMessage;
        }

        /** The request's id for the cloud's logs; may be null. */
        public String requestId() {
            return requestId;
        }

        /** How long the service asked to be left alone; null when it did not say. */
        public Duration retryAfter() {
            return retryAfter;
        }

        /** Whether the service, or a proxy before it, asks for fewer requests: 429, and 413 as Nova's own limits once answered. */
        public boolean throttled() {
            return status == 429 || status == 413;
        }

        /** A 5xx may come after the change was made (nova-api behind a proxy that timed out). */
        @Override
        public boolean outcomeUnknown() {
            return status >= 500;
        }
    }
}
