package io.jenkins.plugins.nova.rehearsal;

import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/** Ctrl-C at the terminal. */
final class Interrupts {
    private Interrupts() {}

    /**
     * Says what it does from now on, on a thread of the Java VM's.
     *
     * @param first what the first one does
     * @param again what each one after it does
     */
    static void handle(Runnable first, Runnable again) {
        AtomicBoolean pressed = new AtomicBoolean();
        try {
            Signal.handle(new Signal("INT"), signal -> {
                if (pressed.compareAndSet(false, true)) {
                    first.run();
                } else {
                    again.run();
                }
            });
        } catch (IllegalArgumentException ofTheVm) {
            System.err.println("Ctrl-C ends the rehearsal at once: the Java VM runs with -Xrs");
        }
    }
}
