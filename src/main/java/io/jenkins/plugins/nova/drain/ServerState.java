package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.Amphora;
import io.jenkins.plugins.nova.drain.evidence.Evidence;
import io.jenkins.plugins.nova.drain.guest.GuestWatch;
import io.jenkins.plugins.nova.drain.text.Times;
import io.jenkins.plugins.nova.plan.Action;
import io.jenkins.plugins.nova.plan.Expected;
import io.jenkins.plugins.nova.plan.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One server of a drain, as far as it has come.
 *
 * @param id uuid
 * @param name for people
 * @param project its project's id
 * @param status Nova's status when it was planned
 * @param ramMiB memory
 * @param diskGiB root and ephemeral disk
 * @param local whether it has a disk on its host, so that a block migration copies that too
 * @param antiAffinity ids of its anti-affinity groups, and of the load balancer whose amphora it is: two of one are not moved at a time
 * @param source the host it is to leave (for confirm and revert: the host its migration came from)
 * @param action what is done with it
 * @param stage how far it is
 * @param move the request that moves it; null before
 * @param follow a request that follows the move: confirm, abort, force complete; null when there is none
 * @param baseline id of its newest migration before the move was asked for; 0 for none
 * @param migration id of the migration that the move created; null until seen
 * @param migrationStatus its last status; null until seen
 * @param to the host it went to; null until known
 * @param outcome null until ended
 * @param reason in words; never null
 * @param hint in words; never null
 * @param override the step's parameter that would change the verdict on it; null when none may, or when it was acted on
 * @param attempts how often its move was asked for
 * @param notBefore not to be started earlier; null for at once
 * @param since when its present stage began
 * @param started when its move was first asked for; null before
 * @param running when Nova began to move it (not queued or being prepared any more); null before
 * @param ended when it ended; null before
 * @param expected when its move is likely to begin and end, as forecast by the plan; null when not planned to move
 * @param planned what the plan said of it; null when it came later, or was saved before that was kept
 * @param progress of a live migration; null before Nova copies
 * @param evidence what was seen of it before a confirm; null when it was not looked at
 * @param spans for the timeline
 * @param seatRefused why it does not go to its seat but where the scheduler chooses, in Nova's words; null while it may
 * @param guest what is heard of its guest; null when nobody looks at it
 * @param amphora what Octavia tells of it; null where it is no amphora, or Octavia was not asked
 */
public record ServerState(
        String id,
        String name,
        String project,
        String status,
        long ramMiB,
        long diskGiB,
        boolean local,
        Set<String> antiAffinity,
        String source,
        Action action,
        Stage stage,
        Intent move,
        Intent follow,
        long baseline,
        Long migration,
        String migrationStatus,
        String to,
        Outcome outcome,
        String reason,
        String hint,
        String override,
        int attempts,
        Instant notBefore,
        Instant since,
        Instant started,
        Instant running,
        Instant ended,
        Expected expected,
        PlannedAs planned,
        Progress progress,
        Evidence evidence,
        List<Span> spans,
        String seatRefused,
        GuestWatch guest,
        Amphora amphora) {

    public ServerState {
        antiAffinity = antiAffinity == null ? Set.of() : Set.copyOf(antiAffinity);
        spans = spans == null ? List.of() : List.copyOf(spans);
    }

    /** How far a server is. */
    public enum Stage {
        /** To be moved, or to be judged again (a task was under way). */
        PENDING,
        /** Asked for, or about to be. */
        UNDER_WAY,
        /** Has its outcome. */
        ENDED
    }

    /** Whether it is in this stage. */
    public boolean is(Stage wanted) {
        return stage == wanted;
    }

    /** The request that is written down for it and not sent yet; null for none. What has ended asks for nothing more. */
    public Intent toSend() {
        if (!underWay()) {
            return null;
        }
        // a follow-up is only ever recorded when the move was taken long since: one of the two at most
        Intent intent = follow != null && follow.is(Intent.State.RECORDED) ? follow : move;
        return intent != null && intent.is(Intent.State.RECORDED) ? intent : null;
    }

    /** Whether it has an outcome by which it is not on the host any more. */
    public boolean saidToHaveLeft() {
        return is(Stage.ENDED) && outcome.hasLeft();
    }

    /** Whether it is on the host by what the drain knows of it: it waits its turn, or was to stay, or had to. */
    public boolean saidToBeThere() {
        return is(Stage.PENDING) || outcome == Outcome.BLOCKED || outcome == Outcome.SKIPPED;
    }

    /** Whether a request about it was made, or is about to be, and it has no outcome yet. */
    public boolean underWay() {
        return stage == Stage.UNDER_WAY;
    }

    /** A copy to change; this record has too many parts for a wither each. */
    public Edit edit() {
        return new Edit(this);
    }

    /** Whether Nova has not begun the move that was asked for, as far as its migration tells. */
    public boolean waitsInNova() {
        return migrationStatus == null || migrationStatus.equals("accepted") || migrationStatus.equals("queued");
    }

    /**
     * Whether the copying of a cold migration is over: Nova sets post-migrating once the disks are on the other host
     * (nova/compute/manager.py, _resize_instance).
     */
    public boolean hasCopied() {
        return !waitsInNova() && !migrationStatus.equals("pre-migrating") && !migrationStatus.equals("migrating");
    }

    /** Whether it is not known what became of a request about it. */
    public boolean unclear() {
        Intent intent = follow != null ? follow : move;
        return underWay() && intent != null && intent.is(Intent.State.UNCLEAR);
    }

    /** Whether its move failed as it may where many move at a time, and is tried by itself. */
    public boolean triedAgain() {
        return reason.startsWith(ReasonMarkers.TRIED_AGAIN);
    }

    /** Ends it. Neither reason nor hint is needed: null is taken as empty. */
    public ServerState end(Outcome how, String why, String whatToDo, Instant now) {
        Edit edit = edit();
        edit.stage = Stage.ENDED;
        edit.outcome = how;
        edit.reason = why == null ? "" : Times.toTheSecond(why);
        edit.hint = whatToDo == null ? "" : whatToDo;
        edit.override = null;
        edit.ended = now;
        edit.since = now;
        edit.progress = progress == null ? null : progress.settled();
        return edit.closeSpan(now).done();
    }

    /** Ends it by a verdict that keeps it where it is. */
    public ServerState end(Outcome how, Verdict verdict, Instant now) {
        Edit edit = end(how, verdict.reason(), verdict.hint(), now).edit();
        edit.override = verdict.override();
        return edit.done();
    }

    /** Ends it as left to Nova: what was asked for is still under way. Of all that is, a live migration alone can be aborted. */
    public ServerState left(Instant now, String why) {
        if (action == Action.FAILOVER) {
            return end(
                    Outcome.LEFT,
                    why + "; left to Octavia, which replaces amphora " + amphora.id(),
                    "Look at it again with openstack loadbalancer show " + amphora.loadBalancer() + ".",
                    now);
        }
        Verb verb = follow != null && follow.verb() == Verb.CONFIRM ? Verb.CONFIRM : Verb.of(action);
        String cannot = verb == Verb.LIVE ? "" : "; " + verb.one() + " cannot be aborted";
        return end(
                Outcome.LEFT,
                why + cannot + "; left to Nova "
                        + (migration == null
                                ? "(it shows no migration of it yet)"
                                : "(migration " + migration + ", " + migrationStatus + ")"),
                "Look at it again with openstack server migration list --server " + id + ".",
                now);
    }

    /** Whether Octavia is, or is to be, asked to replace it; also while it waits for what Octavia is at with it. */
    public boolean failsOver() {
        return amphora != null && !is(Stage.ENDED) && (action == Action.FAILOVER || action == Action.BLOCKED);
    }

    /** The hint, and the step's parameter that would change the verdict where there is one (law 11); empty for neither. */
    public String advice() {
        return override == null ? hint : (hint + " Parameter: " + override + ".").strip();
    }

    /** How it is called on the console: name and, where that helps, id. */
    public String label() {
        return name.isEmpty() ? id : name;
    }

    /** Changes to a {@link ServerState}: a field for each of its parts that may change. Single-threaded and short-lived. */
    public static final class Edit {
        private final ServerState from;
        public Action action;
        public Stage stage;
        public Intent move;
        public Intent follow;
        public long baseline;
        public Long migration;
        public String migrationStatus;
        public String source;
        public String to;
        public Outcome outcome;
        public String reason;
        public String hint;
        public String override;
        public int attempts;
        public Instant notBefore;
        public Instant since;
        public Instant started;
        public Instant running;
        public Instant ended;
        public PlannedAs planned;
        public Progress progress;
        public Evidence evidence;
        private List<Span> spans;
        public String seatRefused;
        public GuestWatch guest;
        public Amphora amphora;

        Edit(ServerState from) {
            this.from = from;
            action = from.action;
            stage = from.stage;
            move = from.move;
            follow = from.follow;
            baseline = from.baseline;
            migration = from.migration;
            migrationStatus = from.migrationStatus;
            source = from.source;
            to = from.to;
            outcome = from.outcome;
            reason = from.reason;
            hint = from.hint;
            override = from.override;
            attempts = from.attempts;
            notBefore = from.notBefore;
            since = from.since;
            started = from.started;
            running = from.running;
            ended = from.ended;
            planned = from.planned;
            progress = from.progress;
            evidence = from.evidence;
            spans = from.spans;
            seatRefused = from.seatRefused;
            guest = from.guest;
            amphora = from.amphora;
        }

        /** Ends the open span, if it is another kind, and opens this one. */
        public Edit span(String kind, Instant now) {
            if (!spans.isEmpty()) {
                Span last = spans.get(spans.size() - 1);
                if (last.end() == null && last.kind().equals(kind)) {
                    return this;
                }
            }
            closeSpan(now);
            List<Span> more = new ArrayList<>(spans);
            more.add(new Span(kind, now, null));
            spans = more;
            return this;
        }

        /** Ends the stretch of its timeline that goes on, if one does. */
        public Edit closeSpan(Instant now) {
            if (!spans.isEmpty() && spans.get(spans.size() - 1).end() == null) {
                List<Span> closed = new ArrayList<>(spans);
                Span last = closed.remove(closed.size() - 1);
                closed.add(new Span(last.kind(), last.start(), now));
                spans = closed;
            }
            return this;
        }

        /** The changed server. */
        public ServerState done() {
            return new ServerState(
                    from.id,
                    from.name,
                    from.project,
                    from.status,
                    from.ramMiB,
                    from.diskGiB,
                    from.local,
                    from.antiAffinity,
                    source,
                    action,
                    stage,
                    move,
                    follow,
                    baseline,
                    migration,
                    migrationStatus,
                    to,
                    outcome,
                    reason,
                    hint,
                    override,
                    attempts,
                    notBefore,
                    since,
                    started,
                    running,
                    ended,
                    from.expected,
                    planned,
                    progress,
                    evidence,
                    spans,
                    seatRefused,
                    guest,
                    amphora);
        }
    }
}
