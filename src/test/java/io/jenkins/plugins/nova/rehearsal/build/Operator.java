package io.jenkins.plugins.nova.rehearsal.build;

import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** Who answers {@code input}: the answer given beforehand, or somebody at the terminal. */
public final class Operator {
    private final Optional<Boolean> answer;
    private final BufferedReader terminal;
    private final String name;

    /**
     * @param answer proceed (true) or abort given beforehand, if it was
     * @param terminal where somebody types, or null if nobody does
     * @param name the operator's name
     */
    public Operator(Optional<Boolean> answer, BufferedReader terminal, String name) {
        this.answer = answer;
        this.terminal = terminal;
        this.name = name;
    }

    /** The operator's name. */
    public String name() {
        return name;
    }

    /** The answer given beforehand. */
    public Optional<Boolean> given() {
        return answer;
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
                    "input waits for an answer, and nobody is at a terminal: -Danswer=proceed or -Danswer=abort");
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
