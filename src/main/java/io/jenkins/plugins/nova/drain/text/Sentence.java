package io.jenkins.plugins.nova.drain.text;

import java.util.Locale;

/** Words as a sentence. */
public final class Sentence {

    private Sentence() {}

    /** The words with a capital letter in front, a full stop behind. */
    public static String of(String words) {
        String text = ended(words);
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** The words with a full stop behind, so that another sentence may follow; such as begin with a parameter's name stay so. */
    public static String ended(String words) {
        String text = words.stripTrailing();
        return text.matches("(?s).*[.!?]") ? text : text + ".";
    }
}
