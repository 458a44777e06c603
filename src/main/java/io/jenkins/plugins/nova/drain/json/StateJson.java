package io.jenkins.plugins.nova.drain.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.function.ToIntFunction;

/**
 * States as text. A build's program is serialised by JBoss Marshalling, which knows no records; a text survives that, and the
 * plugin's next version.
 */
public final class StateJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private StateJson() {}

    /** The state as text. */
    public static String write(Object state) {
        try {
            return JSON.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a state is plain data and can always be written", e);
        }
    }

    /**
     * @param what is read, in words
     * @param schema the schema of what was read, and the newest that this version reads
     * @throws IllegalArgumentException when the text is no such state, or of a newer schema
     */
    public static <S> S read(String text, Class<S> type, String what, ToIntFunction<S> schema, int newest) {
        S state;
        try {
            state = JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the saved state of this " + what + " cannot be read: " + e.getOriginalMessage(), e);
        }
        if (schema.applyAsInt(state) > newest) {
            throw new IllegalArgumentException("this " + what + " was saved by a newer version of the plugin (schema "
                    + schema.applyAsInt(state) + ", this version reads up to " + newest
                    + "); install that version again to let it go on");
        }
        return state;
    }
}
