package io.jenkins.plugins.nova.rehearsal;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.Charset;

/** What is on the other side of standard input and output. */
final class Terminal {

    private Terminal() {}

    /** Whether somebody can read and type: both are a terminal. */
    static boolean isThere() {
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** Since Java 22 there is a console without a terminal too, and {@code isTerminal} tells; before, none. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException("Console.isTerminal cannot be called", impossible);
        }
    }

    /** What standard output is written in: {@code stdout.encoding} since Java 19, the default charset before. */
    static Charset charset() {
        String name = System.getProperty("stdout.encoding");
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }
}
