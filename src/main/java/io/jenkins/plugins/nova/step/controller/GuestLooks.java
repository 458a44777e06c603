package io.jenkins.plugins.nova.step.controller;

import io.jenkins.plugins.nova.drain.guest.GuestAddress;
import io.jenkins.plugins.nova.drain.guest.GuestAnswers;
import io.jenkins.plugins.nova.drain.guest.GuestCall;
import io.jenkins.plugins.nova.drain.guest.GuestWatcher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks at the guests of one drain: at all of them at once, once a second, and never at one again before the last look at it has ended.
 * Who has not been named for a while is looked at no more, for the drain may have ended otherwise than by its last tick. A look at which
 * the looker itself is deaf ({@link Deafness}) counts for nobody.
 */
public final class GuestLooks implements GuestWatcher {

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** A look is waited for so long; what ends later could not be asked, and its guest is left out until then. */
    static final Duration LATEST = Duration.ofSeconds(3);

    /** Longer than the longest pause between ticks. */
    static final Duration UNNAMED = Duration.ofMinutes(5);

    private final GuestConnects connects;
    private final ScheduledExecutorService executor;
    private final Clock clock;
    private final Consumer<String> say;
    private final Map<String, Guest> guests = new LinkedHashMap<>();
    private final Deafness deafness = new Deafness();

    /** Whether a look is under way or due. */
    private boolean looking;

    /**
     * @param connects knocks
     * @param executor for work that waits for nobody
     * @param clock what time it is
     * @param say takes what an operator has to know, line by line
     */
    public GuestLooks(GuestConnects connects, ScheduledExecutorService executor, Clock clock, Consumer<String> say) {
        this.connects = connects;
        this.executor = executor;
        this.clock = clock;
        this.say = say;
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
            }
            known.named = clock.instant();
        }
        guests.keySet().retainAll(named);
        if (!looking && !guests.isEmpty()) {
            looking = true;
            executor.execute(this::look);
        }
    }

    @Override
    public synchronized Map<String, GuestAnswers> answers() {
        Map<String, GuestAnswers> answers = new HashMap<>();
        guests.forEach((server, guest) -> answers.put(server, guest.answers));
        return answers;
    }

    private void look() {
        Look look = begun();
        if (look == null) {
            return;
        }
        Map<String, GuestAddress> addresses = new LinkedHashMap<>();
        look.asked.forEach((server, guest) -> addresses.put(server, guest.call.address()));
        Map<String, CompletionStage<Boolean>> answers = connects.connectAll(addresses);
        answers.forEach((server, answer) ->
                answer.whenComplete((told, failure) -> heard(look, look.asked.get(server), told, failure)));
        if (answers.isEmpty()) {
            ended(look);
        } else if (!over(look)) {
            executor.schedule(() -> ended(look), LATEST.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** The next look; null when there is nobody left to be looked at. */
    private synchronized Look begun() {
        Instant now = clock.instant();
        guests.values().removeIf(guest -> Duration.between(guest.named, now).compareTo(UNNAMED) > 0);
        if (guests.isEmpty()) {
            looking = false;
            return null;
        }
        Look look = new Look(now);
        guests.forEach((server, guest) -> {
            if (!guest.busy) {
                guest.busy = true;
                look.asked.put(server, guest);
            }
        });
        look.open = look.asked.size();
        return look;
    }

    private synchronized boolean over(Look look) {
        return look.over;
    }

    private void heard(Look look, Guest guest, Boolean answer, Throwable failure) {
        boolean all;
        synchronized (this) {
            guest.busy = false;
            if (look.over) {
                return;
            }
            if (failure == null) {
                look.heard.put(guest, answer);
            } else {
                look.failure = failure;
            }
            look.open--;
            all = look.open == 0;
        }
        if (all) {
            ended(look);
        }
    }

    /** All have been heard, or it is too late; the first time that this is called for a look counts. */
    private void ended(Look look) {
        List<String> lines;
        Duration left;
        synchronized (this) {
            if (look.over) {
                return;
            }
            look.over = true;
            Instant now = clock.instant();
            lines = counted(look, now);
            left = EVERY.minus(Duration.between(look.at, now));
        }
        executor.schedule(this::look, Math.max(0, left.toMillis()), TimeUnit.MILLISECONDS);
        lines.forEach(say);
    }

    /** Takes what a look has heard, unless it is the looker's own fault; what is to be told. */
    private List<String> counted(Look look, Instant now) {
        Map<Guest, Boolean> heard = new LinkedHashMap<>(look.heard);
        heard.keySet().removeIf(guest -> guests.get(guest.call.server()) != guest);
        List<Deafness.Heard> all = heard.entrySet().stream()
                .map(each -> new Deafness.Heard(
                        each.getKey().call.witness(),
                        each.getKey().answers.present().orElse(null),
                        each.getValue()))
                .toList();
        List<String> lines = look.heard.isEmpty() ? deafness.unasked(look.why(), now) : deafness.heard(all, now);
        if (!deafness.deaf()) {
            heard.forEach((guest, answer) -> guest.answers = guest.answers.with(answer, look.at));
        }
        return lines;
    }

    /** One that is looked at. What is changed of it is changed under the lock of the whole. */
    private final class Guest {
        private final GuestCall call;
        private GuestAnswers answers;
        private Instant named = clock.instant();

        /** Whether a look at it has not ended. */
        private boolean busy;

        Guest(GuestCall call) {
            this.call = call;
            this.answers = GuestAnswers.begin(call.round());
        }
    }

    /** One look. Changed under the lock of the whole. */
    private static final class Look {
        private final Instant at;
        private final Map<String, Guest> asked = new LinkedHashMap<>();
        private final Map<Guest, Boolean> heard = new LinkedHashMap<>();
        private int open;
        private Throwable failure;
        private boolean over;

        Look(Instant at) {
            this.at = at;
        }

        private String why() {
            Throwable known =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return known == null ? "what was asked has not ended" : known.getMessage();
        }
    }
}
