package io.jenkins.plugins.nova.api;

import java.util.Locale;

/**
 * A row of a list that could not be read as what it should be: of a cell that does not answer
 * (nova/doc handling_down_cells, 2.69), or with a fact missing that cannot be done without. It stops only what is about it.
 *
 * @param kind what it is a row of
 * @param id its id; empty when it tells none
 * @param host the host that it is about; empty when it tells none
 * @param wrong what is wrong with it, in words that follow its name: {@code its 'id' is not a text}
 */
public record OddRow(Kind kind, String id, String host, String wrong) {

    /** What a list is of. */
    public enum Kind {
        SERVER,
        COMPUTE_SERVICE,
        HYPERVISOR,
        MIGRATION,
        SERVER_MIGRATION,
        INSTANCE_ACTION,
        PORT,
        SHARE,
        SERVER_GROUP,
        AGGREGATE,
        RESOURCE_PROVIDER,
        SEGMENT,
        SEGMENT_HOST,
        VOLUME_SERVICE,
        NETWORK_AGENT,
        AMPHORA;

        /** As people call it. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** The row and what is wrong with it, as one sentence without its full stop. */
    public String words() {
        String which = id.isEmpty() && host.isEmpty() ? " without an id" : "";
        return (kind == Kind.INSTANCE_ACTION || kind == Kind.AGGREGATE || kind == Kind.AMPHORA ? "an " : "a ")
                + kind.words() + which
                + (id.isEmpty() ? "" : " " + id) + (host.isEmpty() ? "" : (id.isEmpty() ? " of " : " on ") + host)
                + ": " + wrong;
    }
}
