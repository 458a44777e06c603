package io.jenkins.plugins.nova.drain.maintenance;

import io.jenkins.plugins.nova.drain.json.StateJson;

/** The state of a host's maintenance as text. */
public final class MaintenanceCodec {

    /** Raise this when a stored state needs more than a default for what is new in it. */
    public static final int SCHEMA = 1;

    private MaintenanceCodec() {}

    /** The state as JSON. */
    public static String write(MaintenanceState state) {
        return StateJson.write(state);
    }

    /**
     * Reads what {@link #write} wrote, in this version or an earlier one.
     *
     * @throws IllegalArgumentException when the text is no such state, or of a newer schema
     */
    public static MaintenanceState read(String text) {
        return StateJson.read(text, MaintenanceState.class, "maintenance", MaintenanceState::schema, SCHEMA);
    }
}
