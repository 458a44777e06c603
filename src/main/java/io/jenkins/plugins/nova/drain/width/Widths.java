package io.jenkins.plugins.nova.drain.width;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * The widths of all kinds of moves.
 *
 * @param live of live migrations
 * @param others of the other kinds; of cold migrations that copy disks two at most go at a time, and one where its guest is down
 *     for it, for two that share a link are both down twice as long
 */
public record Widths(LiveWidth live, Map<MoveKind, Width> others) {

    /** What a drain begins with. Guests of a dead host are down already: more of them are begun at first. */
    public static final Widths NEW = new Widths(
            LiveWidth.NEW,
            Map.of(
                    MoveKind.COLD_COPY, Width.of(2),
                    MoveKind.COLD, Width.of(8),
                    MoveKind.REBUILD, Width.of(20),
                    MoveKind.FAILOVER, Width.of(4),
                    MoveKind.SETTLE, Width.of(6)));

    public Widths {
        others = Map.copyOf(others);
    }

    /** The width of a kind: how many may be under way, and why. */
    public Width of(MoveKind kind) {
        return kind == MoveKind.LIVE ? live.width() : others.getOrDefault(kind, NEW.others.get(kind));
    }

    /**
     * How many more of a kind may be asked for.
     *
     * @param running those that Nova is at; of cold migrations that copy, those that have not copied yet
     * @param waiting those that were asked for and that Nova has not begun; 0 where that makes no difference
     * @return 0 or less for none
     */
    public int more(MoveKind kind, int running, int waiting) {
        return kind == MoveKind.LIVE ? live.more(running, waiting) : of(kind).wide() - running - waiting;
    }

    /**
     * After a look at the live migrations.
     *
     * @param running those that Nova prepares or copies
     * @param queued those that read queued
     * @param wanted whether there are more to be asked for
     * @param sent bytes that the drain's live migrations have sent so far; 0 where Nova tells none
     */
    public Widths seen(int running, int queued, boolean wanted, long sent, Instant now) {
        return new Widths(live.seen(running, queued, wanted, sent, now), others);
    }

    /**
     * After Nova has begun a move.
     *
     * @param took how long after it was asked for
     * @param wanted whether more wait than may begin
     */
    public Widths begun(MoveKind kind, Duration took, boolean wanted, Instant now) {
        if (kind != MoveKind.COLD && kind != MoveKind.REBUILD) {
            return this;
        }
        int most = of(kind).usual() == null ? Width.UNPROVEN : Width.MOST;
        return with(kind, of(kind).begun(took, wanted, most, now));
    }

    /**
     * After a move has ended well.
     *
     * @param took how long it took
     * @param wanted whether more wait than may begin
     */
    public Widths succeeded(MoveKind kind, Duration took, boolean wanted, Instant now) {
        return switch (kind) {
            case LIVE -> new Widths(live.succeeded(took, wanted, now), others);
            case COLD_COPY, FAILOVER -> this;
            case COLD, REBUILD -> with(kind, of(kind).ended(took));
            case SETTLE -> with(kind, of(kind).ended(took, wanted, Width.MOST, now));
        };
    }

    /**
     * After a sign that the cloud has too much to do.
     *
     * @param sign what it was, in words
     */
    public Widths loaded(MoveKind kind, String sign, Instant now) {
        return kind == MoveKind.LIVE
                ? new Widths(live.loaded(sign, now), others)
                : with(kind, of(kind).loaded(sign, now));
    }

    private Widths with(MoveKind kind, Width width) {
        Map<MoveKind, Width> changed = new EnumMap<>(others);
        changed.put(kind, width);
        return new Widths(live, changed);
    }
}
