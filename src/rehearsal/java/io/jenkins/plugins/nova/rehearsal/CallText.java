package io.jenkins.plugins.nova.rehearsal;

import groovy.lang.Closure;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** A step call as one short line. */
final class CallText {
    private static final int LONGEST = 60;

    private CallText() {}

    static String of(StepCall call) {
        return call.name()
                + call.arguments().named().entrySet().stream()
                        .filter(each -> each.getValue() != null && !(each.getValue() instanceof Closure))
                        .map(each -> " " + each.getKey() + ": " + value(each.getValue()))
                        .collect(Collectors.joining(","));
    }

    private static String value(Object value) {
        if (value instanceof Collection<?> several) {
            return "[" + several.size() + "]";
        }
        if (value instanceof Map<?, ?> several) {
            return "[" + several.size() + " entries]";
        }
        String text = String.valueOf(value).replaceAll("\\s*\\R\\s*", " ");
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return value instanceof CharSequence ? "'" + shown + "'" : shown;
    }
}
