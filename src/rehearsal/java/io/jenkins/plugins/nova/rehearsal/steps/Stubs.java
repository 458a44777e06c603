package io.jenkins.plugins.nova.rehearsal.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the operator said of steps that do nothing here: which are let pass, and what they return. */
public final class Stubs {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Collection<String> names;
    private final Map<String, Object> answers;

    private Stubs(Collection<String> names, Map<String, Object> answers) {
        this.names = names;
        this.answers = answers;
    }

    /**
     * Reads them.
     *
     * @param names of -Dstub
     * @param answers of -Dstub.NAME=…, by name; an answer that is no JSON is a text
     * @throws IllegalArgumentException names the option whose value begins as JSON and is none, or is none for that step
     */
    public static Stubs of(Collection<String> names, Map<String, String> answers) {
        Map<String, Object> read = new TreeMap<>();
        answers.forEach((name, text) -> read.put(name, read(name, text)));
        Stubs stubs = new Stubs(names, read);
        Commands.NAMES.stream().filter(read::containsKey).forEach(name -> stubs.command(name, ""));
        return stubs;
    }

    private static Object read(String name, String text) {
        String trimmed = text.trim();
        boolean json = trimmed.startsWith("{")
                || trimmed.startsWith("[")
                || trimmed.startsWith("\"")
                || trimmed.matches("true|false|null|-?\\d+");
        if (!json || Commands.NAMES.contains(name) && !trimmed.startsWith("{") && !trimmed.startsWith("[")) {
            return text;
        }
        try {
            return JSON.readValue(trimmed, Object.class);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(
                    "-Dstub." + name + " is no JSON (" + wrong.getOriginalMessage() + "): " + text, wrong);
        }
    }

    /** The steps of which nothing but the name matters: those of -Dstub, and those that have an answer and no step here. */
    Collection<String> passed() {
        Collection<String> passed = new TreeSet<>(answers.keySet());
        passed.removeAll(Commands.NAMES);
        passed.remove(HttpRequestStep.NAME);
        passed.addAll(names);
        return passed;
    }

    /** Whether what has that name is let pass: a step, a global variable, an option, an agent. */
    public boolean passes(String name) {
        return passed().contains(name);
    }

    /** The names that -Dstub gives. */
    public Collection<String> names() {
        return List.copyOf(names);
    }

    /** Whether that step has an answer. */
    public boolean answers(String name) {
        return answers.containsKey(name);
    }

    /** What that step returns: a text, a number, a truth value, a list or a map; null without an answer. */
    Object answer(String name) {
        return answers.get(name);
    }

    /**
     * How a command ends.
     *
     * @param stdout what it writes
     * @param status its exit status
     * @param seconds how long it takes, of the build's time
     * @param given whether the operator said so; otherwise it writes nothing and ends well at once
     */
    record Ended(String stdout, int status, int seconds, boolean given) {

        /** How a command ends of which the operator said nothing. */
        static final Ended UNSAID = new Ended("", 0, 0, false);
    }

    /**
     * How that command ends: the answer of its step, or of several the first whose "script" is a part of it.
     *
     * @throws IllegalArgumentException if the answer is none of a command
     */
    Ended command(String name, String script) {
        Object answer = answers.get(name);
        if (answer instanceof List<?> several) {
            List<Ended> fitting = several.stream()
                    .map(each -> Map.entry(each, ended(name, each)))
                    .filter(each -> script.contains(
                            String.valueOf(Optional.<Object>ofNullable(((Map<?, ?>) each.getKey()).get("script"))
                                    .orElse(""))))
                    .map(Map.Entry::getValue)
                    .toList();
            return fitting.isEmpty() ? Ended.UNSAID : fitting.get(0);
        }
        if (answer instanceof Map<?, ?> one) {
            Object part = one.get("script");
            Ended ended = ended(name, one);
            return part == null || script.contains(part.toString()) ? ended : Ended.UNSAID;
        }
        return answer == null ? Ended.UNSAID : new Ended(answer.toString(), 0, 0, true);
    }

    private static Ended ended(String name, Object answer) {
        if (answer instanceof Map<?, ?> map
                && List.of("script", "stdout", "status", "seconds").containsAll(map.keySet())
                && (map.get("status") == null || map.get("status") instanceof Integer)
                && (map.get("seconds") == null || map.get("seconds") instanceof Integer seconds && seconds >= 0)) {
            return new Ended(
                    map.get("stdout") == null ? "" : map.get("stdout").toString(),
                    map.get("status") instanceof Integer status ? status : 0,
                    map.get("seconds") instanceof Integer seconds ? seconds : 0,
                    true);
        }
        throw new IllegalArgumentException("-Dstub." + name
                + " must be a text (what the command writes), {\"stdout\": \"…\", \"status\": 0, \"seconds\": 60} or a list of such, each"
                + " with a \"script\" that names a part of the command it is for; not " + answer);
    }

    /** The names and no answer: one may hold a secret. */
    @Override
    public String toString() {
        return names.stream().collect(Collectors.joining(", ", "Stubs[", "; answers of "))
                + String.join(", ", answers.keySet()) + "]";
    }
}
