package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a server's owner has said of its maintenance: in its metadata under {@code maintenance}, or with a tag
 * {@code maintenance:live} or {@code maintenance=live}. Tags are for those who cannot write metadata, and both may be there.
 *
 * @param kind what the word means
 * @param said the words as written, for people; empty when there are none
 */
public record OwnersWord(Kind kind, String said) {

    static final String KEY = "maintenance";

    /** What an owner may ask for. */
    public enum Kind {
        /** Nothing said. */
        NONE,
        /** Its guest is never stopped: moved live, or not at all. */
        LIVE,
        /** Shut down and moved cold, even if it could be moved live. */
        COLD,
        /** Left where it is. */
        SKIP,
        /** Moved once the pipeline names it. */
        ASK,
        /** An unknown word, or several that differ. */
        UNCLEAR
    }

    /** What the owner of a server says. */
    public static OwnersWord of(Server server) {
        Set<String> words = new LinkedHashSet<>();
        String metadata = server.metadata().get(KEY);
        if (metadata != null) {
            words.add(metadata.strip().toLowerCase(Locale.ROOT));
        }
        for (String tag : server.tags()) {
            String lower = tag.strip().toLowerCase(Locale.ROOT);
            if (lower.startsWith(KEY + ":") || lower.startsWith(KEY + "=")) {
                words.add(lower.substring(KEY.length() + 1).strip());
            }
        }
        if (words.isEmpty()) {
            return new OwnersWord(Kind.NONE, "");
        }
        String said = String.join("' and '", words);
        return new OwnersWord(
                words.size() > 1 ? Kind.UNCLEAR : kind(words.iterator().next()), said);
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "live" -> Kind.LIVE;
            case "cold" -> Kind.COLD;
            case "skip" -> Kind.SKIP;
            case "ask" -> Kind.ASK;
            default -> Kind.UNCLEAR;
        };
    }

    /** Whether it is this word. */
    public boolean is(Kind wanted) {
        return kind == wanted;
    }
}
