package io.jenkins.plugins.nova.report.data;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What one step of a build did or is doing to the servers of a cloud: all that the build's page shows of it. Immutable; the
 * step makes a new one of the same {@code id} whenever something changed.
 *
 * @param id names the drain within its run and its file on disk: letters, digits, dot, dash and underscore, at most 100
 * @param step the step's name in the Pipeline, such as {@code nodeEvacuate}
 * @param cloud the cloud's name in the configuration
 * @param host the host that is emptied; {@code null} for steps on chosen servers
 * @param outcome {@link #RUNNING} while it goes on, else the drain's word
 * @param planHash the hash of the plan that was carried out; {@code null} where there was none
 * @param started when it began
 * @param ended when it was over; {@code null} while it goes on
 * @param message the verdict, or what goes on, in one sentence; may be {@code null}
 * @param servers all servers concerned, those that do not move too; {@code null} is taken as none
 * @param awaitingConfirm ids of the servers in VERIFY_RESIZE that wait for confirmation; {@code null} is taken as none
 * @param log notes for the operator, oldest first; {@code null} is taken as none
 * @param plan what was to be done; {@code null} where nothing was planned yet
 * @param canary the server of our own that the host is tried with; {@code null} where there is none
 * @param hostState {@link #OPEN} or {@link #CLOSED} as the step knows it at its end; {@code null} where it does not
 * @param roll the roll that it is a part of; {@code null} outside one
 * @param beside what of the host stands beside Nova; {@code null} is taken as nothing
 * @param course how the maintenance of its host goes; {@code null} where the step has no block, and in early reports
 */
@ExportedBean
public record DrainReport(
        @Exported String id,
        @Exported String step,
        @Exported String cloud,
        @Exported String host,
        @Exported String outcome,
        @Exported String planHash,
        Instant started,
        Instant ended,
        @Exported String message,
        @Exported(inline = true) List<ServerRow> servers,
        @Exported List<String> awaitingConfirm,
        @Exported List<String> log,
        @Exported(inline = true) PlanReport plan,
        @Exported(inline = true) ServerRow canary,
        @Exported String hostState,
        RollMark roll,
        @Exported(inline = true) HostCourse course,
        @Exported(inline = true) List<SettingRow> beside) {

    /** The outcome of a drain that goes on. */
    public static final String RUNNING = "RUNNING";

    /** The host takes servers: its compute service is enabled. */
    public static final String OPEN = "open";

    /** The host takes no servers: its compute service is disabled by a cordon of ours. */
    public static final String CLOSED = "closed";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");

    /**
     * @throws IllegalArgumentException where the id would not do as the name of a file
     * @throws NullPointerException without id, step, outcome or start
     */
    public DrainReport {
        checkId(id);
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(started, "started");
        servers = servers == null ? List.of() : List.copyOf(servers);
        awaitingConfirm = awaitingConfirm == null ? List.of() : List.copyOf(awaitingConfirm);
        log = log == null ? List.of() : List.copyOf(log);
        beside = beside == null ? List.of() : List.copyOf(beside);
    }

    static void checkId(String id) {
        Objects.requireNonNull(id, "id");
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("A drain's id is made of letters, digits, '.', '-' and '_', "
                    + "does not start with '.', and has at most 100 characters; this is not one: " + id);
        }
    }

    /** With nothing beside Nova. */
    public DrainReport(
            String id,
            String step,
            String cloud,
            String host,
            String outcome,
            String planHash,
            Instant started,
            Instant ended,
            String message,
            List<ServerRow> servers,
            List<String> awaitingConfirm,
            List<String> log,
            PlanReport plan,
            ServerRow canary,
            String hostState,
            RollMark roll,
            HostCourse course) {
        this(
                id,
                step,
                cloud,
                host,
                outcome,
                planHash,
                started,
                ended,
                message,
                servers,
                awaitingConfirm,
                log,
                plan,
                canary,
                hostState,
                roll,
                course,
                null);
    }

    /** With nothing known of its course. */
    public DrainReport(
            String id,
            String step,
            String cloud,
            String host,
            String outcome,
            String planHash,
            Instant started,
            Instant ended,
            String message,
            List<ServerRow> servers,
            List<String> awaitingConfirm,
            List<String> log,
            PlanReport plan,
            ServerRow canary,
            String hostState,
            RollMark roll) {
        this(
                id,
                step,
                cloud,
                host,
                outcome,
                planHash,
                started,
                ended,
                message,
                servers,
                awaitingConfirm,
                log,
                plan,
                canary,
                hostState,
                roll,
                null);
    }

    /** Outside a roll, with nothing known of its course. */
    public DrainReport(
            String id,
            String step,
            String cloud,
            String host,
            String outcome,
            String planHash,
            Instant started,
            Instant ended,
            String message,
            List<ServerRow> servers,
            List<String> awaitingConfirm,
            List<String> log,
            PlanReport plan,
            ServerRow canary,
            String hostState) {
        this(
                id,
                step,
                cloud,
                host,
                outcome,
                planHash,
                started,
                ended,
                message,
                servers,
                awaitingConfirm,
                log,
                plan,
                canary,
                hostState,
                null);
    }

    /** Without a canary, and with nothing known of the host. */
    public DrainReport(
            String id,
            String step,
            String cloud,
            String host,
            String outcome,
            String planHash,
            Instant started,
            Instant ended,
            String message,
            List<ServerRow> servers,
            List<String> awaitingConfirm,
            List<String> log,
            PlanReport plan) {
        this(
                id,
                step,
                cloud,
                host,
                outcome,
                planHash,
                started,
                ended,
                message,
                servers,
                awaitingConfirm,
                log,
                plan,
                null,
                null);
    }

    /** Without a plan. */
    public DrainReport(
            String id,
            String step,
            String cloud,
            String host,
            String outcome,
            String planHash,
            Instant started,
            Instant ended,
            String message,
            List<ServerRow> servers,
            List<String> awaitingConfirm,
            List<String> log) {
        this(id, step, cloud, host, outcome, planHash, started, ended, message, servers, awaitingConfirm, log, null);
    }

    /** The same in a roll, or outside one with {@code null}. */
    public DrainReport in(RollMark itsRoll, HostCourse itsCourse) {
        return new DrainReport(
                id,
                step,
                cloud,
                host,
                outcome,
                planHash,
                started,
                ended,
                message,
                servers,
                awaitingConfirm,
                log,
                plan,
                canary,
                hostState,
                itsRoll,
                itsCourse,
                beside);
    }

    /** The same with what stands beside Nova. */
    public DrainReport beside(List<SettingRow> settings) {
        return new DrainReport(
                id,
                step,
                cloud,
                host,
                outcome,
                planHash,
                started,
                ended,
                message,
                servers,
                awaitingConfirm,
                log,
                plan,
                canary,
                hostState,
                roll,
                course,
                settings);
    }

    /**
     * The same with what an earlier report of the same step knew better.
     *
     * @param earlier may be {@code null}
     */
    public DrainReport after(DrainReport earlier) {
        return course == null || earlier == null || earlier.course == null
                ? this
                : in(roll, course.after(earlier.course));
    }

    /**
     * @return whether the step is still at work
     */
    public boolean running() {
        return RUNNING.equals(outcome) && ended == null;
    }

    /**
     * @return whether the step changes nothing, by its name or by what it says
     */
    public boolean onlyLooks() {
        return onlyLooks(step, outcome);
    }

    static boolean onlyLooks(String step, String outcome) {
        return "maintenancePlan".equals(step) || "PLANNED".equals(outcome);
    }

    /**
     * For the remote API, which knows no {@link Instant}.
     *
     * @return the beginning in ISO 8601, UTC
     */
    @Exported(name = "started")
    public String startedText() {
        return started.toString();
    }

    /**
     * For the remote API.
     *
     * @return the end in ISO 8601, UTC; {@code null} while it goes on
     */
    @Exported(name = "ended")
    public String endedText() {
        return ended == null ? null : ended.toString();
    }
}
