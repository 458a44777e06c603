package io.jenkins.plugins.nova.drain.tell;

import io.jenkins.plugins.nova.drain.Convergence;
import io.jenkins.plugins.nova.drain.Convergence.Outlook;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.Progress;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.server.Estimate;
import io.jenkins.plugins.nova.drain.text.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The console's lines on how live migrations copy: how far they are, and warnings before their time is over. */
final class CopyLines {

    /** That a worry has become less is not said sooner: it may come and go. */
    private static final Duration QUIET = Duration.ofMinutes(5);

    /** From the least to the worst. */
    private enum Concern {
        NONE,
        LATE,
        ENDLESS,
        STILL
    }

    private record Said(Concern concern, Instant at) {}

    private final Map<String, Said> said = new HashMap<>();

    /** {@code web1: 1.2 of 8.0 GiB copied, 117 MiB/s, about 1 min 05 s to go}. */
    static String line(ServerState server, String name, Instant now) {
        Progress progress = server.progress();
        String copied = Quantity.of(progress.total() - progress.remaining(), progress.total()) + " copied";
        Convergence watch = progress.watch();
        String rate =
                watch.rate().isPresent() ? ", " + Quantity.rate(watch.rate().getAsLong()) : "";
        String end = Estimate.end(server, now)
                .map(at -> ", about " + Quantity.time(Duration.between(now, at)) + " to go")
                .orElse(watch.outlook(now) instanceof Outlook.Endless ? ", no end in sight" : "");
        return name + ": " + copied + rate + end;
    }

    /** A line when it first looks as if a move would not end in time, and when that has passed; null otherwise. */
    String warning(ServerState server, String name, OnTimeout onTimeout, Instant now) {
        if (!Estimate.copies(server) || server.progress().deadline() == null || server.follow() != null) {
            return null;
        }
        Concern concern = concern(server, now);
        Said last = said.getOrDefault(server.id(), new Said(Concern.NONE, Instant.MIN));
        boolean worse = concern.compareTo(last.concern()) > 0;
        if (concern == last.concern() || (!worse && now.isBefore(last.at().plus(QUIET)))) {
            return null;
        }
        said.put(server.id(), new Said(concern, now));
        return name + ": "
                + (concern == Concern.NONE
                        ? "in time again: " + Estimate.words(server, now)
                        : worry(server, onTimeout, now));
    }

    private static Concern concern(ServerState server, Instant now) {
        Outlook outlook = server.progress().watch().outlook(now);
        if (outlook instanceof Outlook.Endless) {
            return Concern.ENDLESS;
        }
        if (outlook instanceof Outlook.Still) {
            return Concern.STILL;
        }
        Instant deadline = server.progress().deadline();
        Optional<Instant> end = Estimate.end(server, now);
        // before it is measured the deadline is a guess that will be made again
        return server.progress().measured() && end.isPresent() && end.get().isAfter(deadline)
                ? Concern.LATE
                : Concern.NONE;
    }

    private static String worry(ServerState server, OnTimeout onTimeout, Instant now) {
        Instant deadline = server.progress().deadline();
        String left = deadline.isAfter(now) ? "in " + Quantity.time(Duration.between(now, deadline)) : "now";
        String late = Estimate.end(server, now)
                .filter(end -> end.isAfter(deadline))
                .map(end -> ", ends about " + Quantity.time(Duration.between(deadline, end)) + " too late")
                .orElse("");
        boolean soon = onTimeout == OnTimeout.FORCE_COMPLETE && concern(server, now) == Concern.ENDLESS;
        return Estimate.words(server, now) + late + "; its time is over " + left + ", then "
                + switch (onTimeout) {
                    case ABORT -> "it is aborted";
                    case FORCE_COMPLETE ->
                        "it is forced to its end" + (soon ? ", or earlier once this is certain" : "");
                    case COLD_MIGRATE -> "it is aborted and moved cold";
                    case LEAVE -> "it is left to Nova";
                };
    }
}
