package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.NovaException;

/** What came of sending one request. */
public sealed interface RequestResult {

    /** Why Nova did not take it, or may not have; null when it did. */
    default String trouble() {
        return null;
    }

    /** Nova took it. {@code requestId} may be null. */
    record Taken(String requestId) implements RequestResult {}

    /** Nova refused it: it did nothing. */
    record Refused(NovaException.Refused why) implements RequestResult {
        @Override
        public String trouble() {
            return why.getMessage();
        }
    }

    /** It was not sent, or not accepted at the door: it did nothing. */
    record NotSent(String why) implements RequestResult {
        @Override
        public String trouble() {
            return why;
        }
    }

    /** It may have been acted on. */
    record Unknown(String why) implements RequestResult {
        @Override
        public String trouble() {
            return why;
        }
    }
}
