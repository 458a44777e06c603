package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.drain.json.StateJson;

/** A drain's state as text. */
public final class DrainCodec {

    /** Raise this when a stored state needs more than a default for what is new in it. */
    public static final int SCHEMA = 1;

    private DrainCodec() {}

    /** The state as JSON. */
    public static String write(DrainState state) {
        return StateJson.write(state);
    }

    /**
     * Reads what {@link #write} wrote, in this version or an earlier one.
     *
     * @throws IllegalArgumentException when the text is no drain's state, or of a newer schema
     */
    public static DrainState read(String text) {
        return StateJson.read(text, DrainState.class, "drain", DrainState::schema, SCHEMA);
    }
}
