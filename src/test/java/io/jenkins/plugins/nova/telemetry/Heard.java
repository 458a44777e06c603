package io.jenkins.plugins.nova.telemetry;

import hudson.ExtensionList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** What a listener of this JVM is told, from {@link #begin} until {@link #close}. */
public final class Heard implements DrainListener, AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String END = "the end";

    private final List<Record> events = new CopyOnWriteArrayList<>();

    private Heard() {}

    /** Listens from now on. */
    public static Heard begin() {
        Heard heard = new Heard();
        ExtensionList.lookup(DrainListener.class).add(heard);
        return heard;
    }

    @Override
    public void hostClosed(ClosedHost closed) {
        events.add(closed);
    }

    @Override
    public void serverEnded(EndedServer ended) {
        events.add(ended);
    }

    @Override
    public void hostEnded(EndedHost ended) {
        events.add(ended);
    }

    /** All that was told before this moment, once it has arrived: each is a word and what it is about. */
    public List<String> told() {
        return events().stream().map(Heard::words).toList();
    }

    /** The same as it was told. */
    public List<Record> events() {
        ClosedHost end = new ClosedHost(null, END, Instant.now());
        DrainListeners.tell(List.of(end));
        Awaitility.await().atMost(BOUND).until(() -> events.remove(end));
        return List.copyOf(events);
    }

    private static String words(Record event) {
        if (event instanceof ClosedHost closed) {
            return "closed " + closed.host();
        }
        if (event instanceof EndedServer server) {
            return server.outcome() + " " + server.id();
        }
        EndedHost host = (EndedHost) event;
        return host.outcome() + " " + host.host();
    }

    @Override
    public void close() {
        ExtensionList.lookup(DrainListener.class).remove(this);
    }
}
