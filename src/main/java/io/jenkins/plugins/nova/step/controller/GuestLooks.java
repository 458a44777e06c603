package io.jenkins.plugins.nova.step.controller;

import io.jenkins.plugins.nova.drain.guest.GuestAnswers;
import io.jenkins.plugins.nova.drain.guest.GuestCall;
import io.jenkins.plugins.nova.drain.guest.GuestWatcher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the guests of one drain: at each once a second, and never again before the last look has ended. Who has not been named for a
 * while is looked at no more, for the drain may have ended otherwise than by its last tick.
 */
public final class GuestLooks implements GuestWatcher {

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Longer than the longest pause between ticks. */
    static final Duration UNNAMED = Duration.ofMinutes(5);

    private final GuestConnects connects;
    private final ScheduledExecutorService executor;
    private final Clock clock;
    private final Map<String, Guest> guests = new HashMap<>();

    /**
     * @param connects knocks
     * @param executor for work that waits for nobody
     * @param clock what time it is
     */
    public GuestLooks(GuestConnects connects, ScheduledExecutorService executor, Clock clock) {
        this.connects = connects;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public synchronized void watch(List<GuestCall> calls) {
        Set<String> named = new HashSet<>();
        for (GuestCall call : calls) {
            named.add(call.server());
            Guest known = guests.get(call.server());
            if (known == null || !known.call.equals(call)) {
                known = new Guest(call);
                guests.put(call.server(), known);
                executor.execute(known::ask);
            }
            known.named = clock.instant();
        }
        guests.keySet().retainAll(named);
    }

    @Override
    public synchronized Map<String, GuestAnswers> answers() {
        Map<String, GuestAnswers> answers = new HashMap<>();
        guests.forEach((server, guest) -> answers.put(server, guest.answers));
        return answers;
    }

    private synchronized boolean goesOn(Guest guest) {
        boolean unnamed = Duration.between(guest.named, clock.instant()).compareTo(UNNAMED) > 0;
        if (unnamed) {
            guests.remove(guest.call.server(), guest);
        }
        return guests.get(guest.call.server()) == guest;
    }

    private synchronized void heard(Guest guest, boolean answer, Instant asked) {
        guest.answers = guest.answers.with(answer, asked);
    }

    /** One that is looked at. What is changed of it is changed under the lock of the whole. */
    private final class Guest {
        private final GuestCall call;
        private GuestAnswers answers;
        private Instant named = clock.instant();

        Guest(GuestCall call) {
            this.call = call;
            this.answers = GuestAnswers.begin(call.round());
        }

        void ask() {
            if (!goesOn(this)) {
                return;
            }
            Instant asked = clock.instant();
            knock().whenComplete((answer, failure) -> {
                if (failure == null) {
                    heard(this, answer, asked);
                }
                Duration left = EVERY.minus(Duration.between(asked, clock.instant()));
                executor.schedule(this::ask, Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
            });
        }

        private CompletionStage<Boolean> knock() {
            return connects.connect(call.server(), call.address());
        }
    }
}
