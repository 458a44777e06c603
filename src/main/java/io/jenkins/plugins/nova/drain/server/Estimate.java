package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.drain.Convergence;
import io.jenkins.plugins.nova.drain.Convergence.Outlook;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Limits;
import io.jenkins.plugins.nova.drain.Progress;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.ServerState.Stage;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.plan.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What is to be expected of moves under way, and of a drain as a whole. Pure. */
public final class Estimate {

    /** What a move takes besides copying, about: mini-nova and published drains of small servers take 4 to 12 s each. */
    private static final Duration OVERHEAD = Duration.ofSeconds(8);

    private Estimate() {}

    /** Whether Nova copies it at this moment and its hypervisor tells how far it is. */
    public static boolean copies(ServerState server) {
        return server.underWay()
                && server.progress() != null
                && server.progress().total() > 0
                && "running".equals(server.migrationStatus());
    }

    /** When its copying ends; empty when that cannot be told. */
    public static Optional<Instant> end(ServerState server, Instant now) {
        return copies(server) && server.progress().watch().outlook(now) instanceof Outlook.Ending ending
                ? Optional.of(ending.end().isAfter(now) ? ending.end() : now)
                : Optional.empty();
    }

    /** How the copying goes, in words; empty when nothing is known. */
    public static String words(ServerState server, Instant now) {
        if (!copies(server)) {
            return "";
        }
        String remaining = Quantity.bytes(server.progress().remaining()) + " remaining";
        Convergence watch = server.progress().watch();
        Outlook outlook = watch.outlook(now);
        if (outlook instanceof Outlook.Endless) {
            return "does not converge: " + remaining + ", dirtied as fast as copied at "
                    + Quantity.rate(watch.rate().orElse(0));
        }
        if (outlook instanceof Outlook.NoNews silent) {
            return "no news since " + silent.since() + "; " + remaining + " then";
        }
        if (outlook instanceof Outlook.Still still) {
            return "nothing was copied for " + Quantity.time(Duration.between(still.since(), now)) + ", " + remaining;
        }
        return watch.rate().isPresent()
                ? remaining + " at " + Quantity.rate(watch.rate().getAsLong())
                : remaining;
    }

    /** What forcing it costs its guest, as the end of a sentence. */
    static String pause(ServerState server) {
        Progress progress = server.progress();
        long rate = progress.watch().rate().orElse(0);
        return rate == 0
                ? ""
                : "; the guest pauses for about " + Quantity.time(Duration.ofSeconds(1 + progress.remaining() / rate))
                        + ", unless Nova uses post-copy";
    }

    /**
     * How long a drain still takes, from its pace so far: each move weighs as much as copying its bytes at the rate seen
     * takes. Empty before two moves have ended or a rate is known, while the copying of one has no end in sight, and while the
     * cloud cannot be read or nothing can begin.
     */
    public static Optional<Duration> left(DrainState state, Instant now) {
        boolean known = CopyRate.learned(state.servers()).isPresent()
                || state.servers().stream()
                                .filter(server -> server.started() != null && server.ended() != null)
                                .count()
                        > 1;
        Optional<Instant> first = state.servers().stream()
                .map(ServerState::started)
                .filter(started -> started != null)
                .min(Instant::compareTo);
        boolean stands = !state.watch().down().isEmpty() || state.trouble() != null;
        if (!known || first.isEmpty() || stands || state.servers().stream().anyMatch(server -> endless(server, now))) {
            return Optional.empty();
        }
        long rate = CopyRate.expected(state.servers());
        double done = 0;
        double toDo = 0;
        Instant last = now;
        for (ServerState server : state.servers()) {
            double weight = weight(server, rate);
            double part = server.is(Stage.ENDED)
                    ? 1
                    : copies(server) ? server.progress().percent() / 100.0 : 0;
            done += server.started() == null ? 0 : weight * part;
            toDo += weight * (1 - part);
            last = end(server, now).filter(last::isBefore).orElse(last);
        }
        if (toDo == 0 || done == 0) {
            return Optional.empty();
        }
        double elapsed = Duration.between(first.get(), now).toMillis();
        Duration byPace = Duration.ofMillis((long) Math.max(1000, elapsed * toDo / done));
        Duration longest = Duration.between(now, last);
        return Optional.of(longest.compareTo(byPace) > 0 ? longest : byPace);
    }

    /**
     * How long the moves under way, and those that are about to be sent, may take: one after the other, as Nova does them by
     * default (max_concurrent_live_migrations), and twice what is forecast.
     */
    public static Duration together(DrainState state) {
        long rate = CopyRate.expected(state.servers());
        double seconds = state.servers().stream()
                .filter(ServerState::underWay)
                .mapToDouble(server -> 2 * weight(server, rate))
                .sum();
        return Limits.FLOOR.plusSeconds((long) seconds);
    }

    /** How long all that has not ended may take, one after the other as Nova does it by default. */
    public static Duration still(DrainState state) {
        long rate = CopyRate.expected(state.servers());
        return Duration.ofSeconds((long) state.servers().stream()
                .filter(server -> !server.is(Stage.ENDED))
                .mapToDouble(server -> weight(server, rate))
                .sum());
    }

    private static boolean endless(ServerState server, Instant now) {
        if (!copies(server)) {
            return false;
        }
        Outlook outlook = server.progress().watch().outlook(now);
        return outlook instanceof Outlook.Endless
                || outlook instanceof Outlook.Still
                || outlook instanceof Outlook.NoNews;
    }

    private static double weight(ServerState server, long rate) {
        Action action = server.action();
        if (action == Action.SKIP || action == Action.BLOCKED) {
            return 0;
        }
        long memory = action == Action.LIVE ? server.ramMiB() << 20 : 0;
        long disk = action == Action.COLD && server.local() ? server.diskGiB() << 30 : 0;
        long told = server.progress() == null ? 0 : server.progress().total();
        return OVERHEAD.toSeconds() + (double) Math.max(told, memory + disk) / rate;
    }
}
