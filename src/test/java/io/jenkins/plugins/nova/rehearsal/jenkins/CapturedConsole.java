package io.jenkins.plugins.nova.rehearsal.jenkins;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a step has printed so far, and whoever waits for more of it. */
final class CapturedConsole extends OutputStream {
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int one) {
        text.write(one);
        notifyAll();
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) {
        text.write(bytes, from, count);
        notifyAll();
    }

    synchronized String text() {
        return text.toString(StandardCharsets.UTF_8);
    }

    /** Waits until the text contains something, or until the time is over; whether it does. */
    synchronized boolean await(String part, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (!text().contains(part)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
