package io.jenkins.plugins.nova.rehearsal.build;

import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Who answers {@code input}: the answer given beforehand, somebody at the terminal, or on a simulated cloud nobody. */
public final class Operator {
    private final Answers answers;
    private final BufferedReader terminal;
    private final boolean simulated;
    private final String name;

    /**
     * @param answers what was answered beforehand
     * @param terminal where somebody types, or null if nobody does
     * @param simulated whether nothing real can come of an answer: where nobody is there to give one it is proceed
     * @param name the operator's name
     */
    public Operator(Answers answers, BufferedReader terminal, boolean simulated, String name) {
        this.answers = answers;
        this.terminal = terminal;
        this.simulated = simulated;
        this.name = name;
    }

    /**
     * An answer that nobody needs to type.
     *
     * @param proceed whether it is proceed; abort otherwise
     * @param parameters values of the input's parameters by name; those that are not there have their defaults
     * @param why where it comes from, for the console
     */
    public record Answer(boolean proceed, Map<String, Object> parameters, String why) {}

    /** The operator's name. */
    public String name() {
        return name;
    }

    /**
     * The answer to an input if nobody is to be asked; on a real cloud only one that was given beforehand.
     *
     * @param id the input's id; null if it has none
     * @param message its message
     */
    public Optional<Answer> ready(String id, String message) {
        Optional<Answer> given = answers.to(id, message);
        if (given.isPresent()) {
            return given;
        }
        return terminal == null && simulated
                ? Optional.of(new Answer(
                        true,
                        Map.of(),
                        "nobody is at a terminal: on the simulated cloud that is answered as proceed; -Danswer=abort"
                                + " for the other answer"))
                : Optional.empty();
    }

    /** The names of answers that no input has asked for. */
    public Collection<String> unasked() {
        return answers.unasked();
    }

    /**
     * Reads lines on a thread of its own until one is taken.
     *
     * @param ask told each line; null at the end of the input
     * @throws NotRunnable if nobody is there to answer
     */
    public Thread read(Consumer<String> ask) {
        if (terminal == null) {
            throw new NotRunnable(
                    "input waits for an answer, and nobody is at a terminal: -Danswer=proceed or -Danswer=abort, or for this one"
                            + " alone -Danswer.ID=… by its id or message");
        }
        Thread reader = new Thread(
                () -> {
                    try {
                        ask.accept(terminal.readLine());
                    } catch (IOException closed) {
                        ask.accept(null);
                    }
                },
                "rehearsal terminal");
        reader.setDaemon(true);
        reader.start();
        return reader;
    }
}
