package io.jenkins.plugins.nova.diagnosis;

import java.util.regex.Pattern;

/**
 * What a message means of Nova, or of what is behind it: Glance, Cinder, Neutron, Barbican, libvirt. Nothing is null or blank.
 *
 * @param id its name in the data and in docs/troubleshooting.md
 * @param pattern what is looked for in a message; {@code .} stands for line ends too
 * @param sample a message as Nova writes it, to which this finding is the first that applies
 * @param cause why it failed, as sentences
 * @param hint what to do about it, as sentences
 * @param fixedBy who can do that
 * @param where Nova shows the message: a refusal, an event's details, a server's fault, a log
 * @param source in Nova's code, or the bug that the fact is from
 */
public record Finding(
        String id,
        Pattern pattern,
        String sample,
        String cause,
        String hint,
        FixedBy fixedBy,
        String where,
        String source) {

    /** @throws IllegalArgumentException when something is missing: the data is wrong */
    public Finding {
        if (fixedBy == null || pattern == null || blank(id, sample, cause, hint, where, source)) {
            throw new IllegalArgumentException("finding '" + id + "' lacks a field, or has an empty one");
        }
        pattern = Pattern.compile(pattern.pattern(), Pattern.DOTALL);
    }

    private static boolean blank(String... texts) {
        for (String text : texts) {
            if (text == null || text.isBlank()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the message is one of those that this finding explains. */
    boolean explains(CharSequence message) {
        return pattern.matcher(message).find();
    }

    /** Cause and hint, as a server's result shows them. */
    public String advice() {
        return cause + " " + hint;
    }
}
