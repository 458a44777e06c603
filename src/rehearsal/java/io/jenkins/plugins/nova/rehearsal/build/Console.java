package io.jenkins.plugins.nova.rehearsal.build;

import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** What the operator sees: stages with the time since the beginning, steps, their lines as they come; secrets as stars. */
public final class Console {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int SHORTEST_SECRET = 3;

    private final PrintStream out;
    private final Alphabet alphabet;
    private final boolean colours;
    private final Clock clock;
    private final Instant begun;
    private final Set<String> secrets = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /**
     * @param out where lines go, each as soon as it is whole
     * @param charset what they are written in there
     * @param colours whether the reader is a terminal
     */
    public Console(PrintStream out, Charset charset, boolean colours, Clock clock) {
        this.out = out;
        this.alphabet = new Alphabet(charset);
        this.colours = colours;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /** A branch of {@code parallel}, shown before each line. */
    public record Branch(String name) {}

    /** Asks for the time before each line. */
    public record Timestamps() {}

    /** The time since the build began. */
    public Duration elapsed() {
        return Duration.between(begun, clock.instant());
    }

    /** Never shows this text again. */
    public void hide(String secret) {
        secret.lines()
                .map(String::trim)
                .filter(line -> line.length() >= SHORTEST_SECRET)
                .forEach(secrets::add);
    }

    /** A stage begins. */
    public void stage(Surroundings around, String name) {
        raw("");
        line(around, paint("1;36", "== " + name + " ") + paint("2", "+" + clockwise(elapsed())));
    }

    /** A step begins. */
    public void step(Surroundings around, String call) {
        line(around, paint("2", "> " + call));
    }

    /** Something the rehearsal itself has to say, not the pipeline. */
    public void note(Surroundings around, String text) {
        text.lines().forEach(line -> line(around, paint("33", "(rehearsal) " + line)));
    }

    /** Lines of a step. */
    public void say(Surroundings around, String text) {
        try (PrintStream lines = stream(around)) {
            if (text.isEmpty()) {
                lines.println();
            }
            text.lines().forEach(lines::println);
        }
    }

    /** What went wrong. */
    public void error(Surroundings around, String text) {
        text.lines().forEach(line -> line(around, paint("31", line)));
    }

    /** The last line: how the build ended. */
    public void end(String result, String colour) {
        raw("");
        raw(paint("1;" + colour, "Finished: " + result) + " after " + clockwise(elapsed()));
    }

    /** A stream whose lines are shown as a step's, through the filters that blocks around it have set. */
    public PrintStream stream(Surroundings around) {
        OutputStream lines = new Lines(around);
        Optional<ConsoleLogFilter> filter = around.get(ConsoleLogFilter.class);
        try {
            // Pipeline asks filters without a build
            OutputStream shown = filter.isPresent() ? filter.get().decorateLogger((Run<?, ?>) null, lines) : lines;
            return new PrintStream(shown, true, StandardCharsets.UTF_8);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("the console's filter cannot be set", failure);
        }
    }

    private String paint(String code, String text) {
        return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    /** Minutes and seconds. */
    public static String clockwise(Duration time) {
        return String.format("%d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    private void line(Surroundings around, String text) {
        String branch =
                around.get(Branch.class).map(each -> "[" + each.name() + "] ").orElse("");
        String time = around.get(Timestamps.class).isPresent()
                ? "["
                        + LocalTime.ofInstant(clock.instant(), ZoneId.systemDefault())
                                .format(TIME) + "] "
                : "";
        raw(time + branch + text);
    }

    private void raw(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, "****");
        }
        shown = alphabet.spell(shown);
        synchronized (out) {
            out.println(shown);
            out.flush();
        }
    }

    /** Cuts bytes into lines. */
    private final class Lines extends OutputStream {
        private final Surroundings around;
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

        Lines(Surroundings around) {
            this.around = around;
        }

        @Override
        public synchronized void write(int one) {
            if (one == '\n') {
                line(around, pending.toString(StandardCharsets.UTF_8).replace("\r", ""));
                pending.reset();
            } else {
                pending.write(one);
            }
        }

        @Override
        public synchronized void close() {
            if (pending.size() > 0) {
                write('\n');
            }
        }
    }
}
