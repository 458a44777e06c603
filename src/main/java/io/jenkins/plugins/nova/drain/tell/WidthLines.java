package io.jenkins.plugins.nova.drain.tell;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Places;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.drain.width.MoveKind;
import io.jenkins.plugins.nova.drain.width.Width;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How many moves go on at a time, and why, on the console: a line when a kind is narrowed, when it has become half as wide again
 * as was told last, when Nova's limit of live migrations was seen, and once when they wait for what is copied cold.
 */
final class WidthLines {

    private final Map<MoveKind, Integer> told = new EnumMap<>(MoveKind.class);
    private Integer limitTold;
    private boolean waitTold;

    List<String> lines(DrainState before, DrainState after) {
        List<String> lines = new ArrayList<>();
        if (!after.order().learnsWidths()) {
            return lines;
        }
        Integer limit = after.widths().live().limit();
        boolean settled = limit != null && limit.equals(before.widths().live().limit());
        if (settled && !limit.equals(limitTold)) {
            limitTold = limit;
            lines.add("At a time: " + limit + " live, for Nova runs so many off this host and queues the rest"
                    + " (max_concurrent_live_migrations); one or two are kept queued.");
        }
        Optional<ServerState> first = waitTold ? Optional.empty() : Places.keepingLiveBack(after);
        first.ifPresent(server -> {
            waitTold = true;
            lines.add("At a time: no live as long as a guest that runs is copied cold ('" + server.label()
                    + "' now): it is down until its disks are over the link that both share. A number for concurrency"
                    + " moves them side by side.");
        });
        for (MoveKind kind : MoveKind.values()) {
            Width was = before.widths().of(kind);
            Width is = after.widths().of(kind);
            int last = told.computeIfAbsent(kind, any -> was.wide());
            boolean narrowed = is.wide() < was.wide();
            boolean wider = 2 * is.wide() >= 3 * last && is.wide() > was.wide();
            if ((narrowed || wider) && !Objects.equals(is.wide(), last)) {
                told.put(kind, is.wide());
                lines.add("At a time: up to " + is.wide() + " " + kind.words() + ", " + last + " before: " + is.why()
                        + ".");
            }
        }
        return lines;
    }
}
