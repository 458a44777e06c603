package io.jenkins.plugins.nova.drain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * A drain's state as text. A build's program is serialised by JBoss Marshalling, which knows no records; a text survives
 * that, and the plugin's next version.
 */
public final class DrainCodec {

    /** Raise this when a stored state needs more than a default for what is new in it. */
    public static final int SCHEMA = 1;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private DrainCodec() {}

    /** The state as JSON. */
    public static String write(DrainState state) {
        try {
            return JSON.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a drain's state is plain data and can always be written", e);
        }
    }

    /**
     * Reads what {@link #write} wrote, in this version or an earlier one.
     *
     * @throws IllegalArgumentException when the text is no drain's state, or of a newer schema
     */
    public static DrainState read(String text) {
        try {
            DrainState state = JSON.readValue(text, DrainState.class);
            if (state.schema() > SCHEMA) {
                throw new IllegalArgumentException("this drain was saved by a newer version of the plugin (schema "
                        + state.schema() + ", this version reads up to " + SCHEMA
                        + "); install that version again to let it go on");
            }
            return state;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the saved state of this drain cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
