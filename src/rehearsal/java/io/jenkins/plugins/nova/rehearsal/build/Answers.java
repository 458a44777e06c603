package io.jenkins.plugins.nova.rehearsal.build;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the operator has answered to inputs beforehand: to each alike, or to one by its id or message. */
public final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

    private final String toAll;
    private final Map<String, String> toOne;
    private final Map<String, Operator.Answer> read = new TreeMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * @param toAll proceed or abort; empty for none
     * @param toOne by the id or message of an input: proceed, abort, or the values of its parameters as JSON
     * @throws IllegalArgumentException names the option, its value and what it may be
     */
    public Answers(String toAll, Map<String, String> toOne) {
        this.toAll = toAll;
        this.toOne = new TreeMap<>(toOne);
        if (!toAll.isEmpty()) {
            word("answer", toAll);
        }
        toOne.forEach((name, text) -> read.put(name, answer(name, text)));
    }

    private static boolean word(String option, String text) {
        return switch (text) {
            case "proceed" -> true;
            case "abort" -> false;
            default ->
                throw new IllegalArgumentException("-D" + option + " must be proceed or abort"
                        + (option.equals("answer") ? "" : ", or its parameters as {\"NAME\": value}") + ", not '" + text
                        + "'");
        };
    }

    private static Operator.Answer answer(String name, String text) {
        String option = "answer." + name;
        if (!text.trim().startsWith("{")) {
            return new Operator.Answer(word(option, text), Map.of(), "answered by -D" + option + "=" + text);
        }
        try {
            return new Operator.Answer(true, JSON.readValue(text, MAP), "answered by -D" + option);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(
                    "-D" + option + " is no JSON (" + wrong.getOriginalMessage() + "): " + text, wrong);
        }
    }

    /** The answer to an input, if there is one: to its id, else to its message, else to all. */
    Optional<Operator.Answer> to(String id, String message) {
        for (String name : new String[] {id, message}) {
            if (name != null && read.containsKey(name)) {
                asked.add(name);
                return Optional.of(read.get(name));
            }
        }
        return toAll.isEmpty()
                ? Optional.empty()
                : Optional.of(new Operator.Answer(word("answer", toAll), Map.of(), "answered by -Danswer=" + toAll));
    }

    /** The names of answers that no input has asked for. */
    Collection<String> unasked() {
        Set<String> unasked = new TreeSet<>(toOne.keySet());
        unasked.removeAll(asked);
        return unasked;
    }

    /** Without the values of parameters: one may be a secret. */
    @Override
    public String toString() {
        return "Answers[" + toAll + "; " + toOne.keySet() + "]";
    }
}
