package io.jenkins.plugins.nova.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An instance action: Nova's API writes it before it answers; conductor and computes add events. */
final class SimAction {
    /** One event; {@code result} is null while it runs, {@code details} when nothing went wrong. */
    static final class Event {
        final String name;
        final String host;
        final Instant start;
        Instant finish;
        String result;
        String details;

        Event(String name, String host, Instant start) {
            this.name = name;
            this.host = host;
            this.start = start;
        }
    }

    final SimServer server;
    final String action;
    final String requestId;
    final SimUser user;
    final Instant start;
    final List<Event> events = new ArrayList<>();
    Instant updated;
    String message;

    SimAction(SimServer server, String action, String requestId, SimUser user, Instant start) {
        this.server = server;
        this.action = action;
        this.requestId = requestId;
        this.user = user;
        this.start = start;
        this.updated = start;
    }

    Event begin(String name, String host, Instant now) {
        Event event = new Event(name, host, now);
        events.add(event);
        updated = now;
        return event;
    }

    void succeed(Event event, Instant now) {
        event.finish = now;
        event.result = "Success";
        updated = now;
    }

    /** Nova sets the action's message to "Error" when an event ends so. */
    void fail(Event event, String details, Instant now) {
        event.finish = now;
        event.result = "Error";
        event.details = details;
        message = "Error";
        updated = now;
    }

    /** An event that begins and ends well at once. */
    void done(String name, String host, Instant now) {
        succeed(begin(name, host, now), now);
    }
}
