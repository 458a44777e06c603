package io.jenkins.plugins.nova.report;

import hudson.model.Api;
import hudson.model.Run;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.KnownStep;
import io.jenkins.plugins.nova.report.data.RollProgress;
import io.jenkins.plugins.nova.report.data.RollReport;
import io.jenkins.plugins.nova.report.data.SettledBy;
import io.jenkins.plugins.nova.report.page.Changes;
import io.jenkins.plugins.nova.report.page.JUnitXml;
import io.jenkins.plugins.nova.report.page.Markup;
import io.jenkins.plugins.nova.report.page.ReportPage;
import io.jenkins.plugins.nova.report.page.View;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;

/**
 * The build's page "Host maintenance" ({@code <build>/host-maintenance/}) and its JSON ({@code …/host-maintenance/api/json}).
 *
 * <p>The steps of a build, several at a time where they run in parallel, tell it how far they are with
 * {@link #update(DrainReport)}. In build.xml stand the drains' ids alone; the reports are JSON files beside it, because
 * records do not go through XStream and a build's record should not grow by every server. Whoever may see the run may see
 * this: its address can be reached through the run only.
 *
 * <p>Thread-safe.
 */
@ExportedBean
public final class HostMaintenanceAction implements RunAction2 {

    /** The page's address below the run's. */
    public static final String URL_NAME = "host-maintenance";

    /** What the page is called. */
    public static final String TITLE = "Host maintenance";

    private static final Logger LOGGER = Logger.getLogger(HostMaintenanceAction.class.getName());

    /** While a drain goes on its file is not written more often: after a crash the step tells its state again anyway. */
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    /**
     * A large report is written less often, so that what a drain writes grows with its time and not with its time and its
     * servers: so many bytes a second.
     */
    private static final int BYTES_A_SECOND = 16_384;

    /** However large it is. */
    private static final Duration LONGEST_WITHOUT_WRITE = Duration.ofMinutes(1);

    /**
     * In the order of their beginning. Never changed, only replaced: build.xml may be written while a drain is added. Null
     * where a stored action had none.
     */
    private volatile ArrayList<String> ids = new ArrayList<>();

    /** Of rolls, as of {@link #ids}. Null where a stored action had none. */
    private volatile ArrayList<String> rolls = new ArrayList<>();

    private transient volatile Run<?, ?> run;

    /** What is known without reading; filled on demand after a restart. Guarded by this. */
    private transient Map<String, Kept> kept;

    /** The same of rolls, which do not change; guarded by this. */
    private transient Map<String, Reference<RollReport>> keptRolls;

    /** Rolls that could not be written; guarded by this. */
    private transient Map<String, RollReport> unwritten;

    /** Null after a restart: the system's. */
    private transient Clock clock;

    /** What readers of the page have seen; null unless the build runs and somebody looks. Guarded by this. */
    private transient Changes changes;

    /** The same of the pages of single drains, by their ids; null as well. Guarded by this. */
    private transient Map<String, Changes> changesOfDrains;

    /** Null after a restart, and on a controller: the controller's. */
    private transient KnownSteps knownSteps;

    HostMaintenanceAction(Clock clock) {
        this(clock, null);
    }

    HostMaintenanceAction(Clock clock, KnownSteps knownSteps) {
        this.clock = clock;
        this.knownSteps = knownSteps;
    }

    /**
     * The run's action; adds it where there is none yet.
     *
     * @param run the run that a step belongs to
     * @return never {@code null}
     */
    public static HostMaintenanceAction of(Run<?, ?> run) {
        synchronized (run) {
            HostMaintenanceAction found = run.getAction(HostMaintenanceAction.class);
            if (found == null) {
                found = new HostMaintenanceAction(Clock.systemUTC());
                found.onAttached(run);
                run.addAction(found);
            }
            return found;
        }
    }

    /**
     * The page's address.
     *
     * @param run the run
     * @return relative to Jenkins's own, with a slash at its end
     */
    public static String url(Run<?, ?> run) {
        return run.getUrl() + URL_NAME + "/";
    }

    /**
     * Whether a step has shown itself here.
     *
     * @param step the beginning of its id
     */
    public boolean hasStep(String step) {
        return ids().stream().anyMatch(id -> id.startsWith(step));
    }

    /**
     * Whether the directory of a run keeps the report of a step; the run need not be loaded.
     *
     * @param runDirectory the run's own; nothing need be there
     * @param step the beginning of the step's id, digits and letters
     * @throws IOException when it cannot be read
     */
    public static boolean keepsStep(Path runDirectory, String step) throws IOException {
        return new ReportFiles(runDirectory).hasAnyOf(step);
    }

    /**
     * Shows this from now on for the drain of the same id. Cheap enough for every tick: while the drain goes on it is written
     * to disk at most once a second, and at most 16 KiB a second where it is large; at its end always. Where it cannot be written the page shows it all the same until the
     * controller stops, and the controller's log says so: a full disk is no reason to stop emptying a host.
     *
     * @param report the drain's newest state
     * @throws IllegalStateException before the action belongs to a run
     */
    public void update(DrainReport report) {
        Run<?, ?> owner = run;
        if (owner == null) {
            throw new IllegalStateException("The action does not belong to a run yet");
        }
        boolean added;
        Kept mine;
        synchronized (this) {
            added = !ids().contains(report.id());
            if (added) {
                ArrayList<String> more = new ArrayList<>(ids());
                more.add(report.id());
                ids = more;
            }
            mine = kept(report.id());
        }
        try {
            // A lock for each drain: parallel drains do not wait for each other's disk.
            synchronized (mine) {
                DrainReport told = added ? report : report.after(last(mine, report.id()));
                mine.hold(told);
                Instant now = clock().instant();
                if (!report.running() || mine.next == null || !now.isBefore(mine.next)) {
                    int bytes = new ReportFiles(owner.getRootDir().toPath()).write(told);
                    mine.next = now.plus(pause(bytes));
                    mine.written += bytes;
                    if (!report.running()) {
                        mine.onDisk(told, false);
                    }
                }
            }
            if (added) {
                owner.save();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not write the report of " + report.step() + " in " + owner);
        }
        if (added || !report.running()) {
            knownSteps().ifPresent(known -> known.note(KnownStep.of(owner.getExternalizableId(), report)));
        }
    }

    /** What the page shows of a drain, from the disk after a restart; null where it cannot be read. Must be called with its lock held. */
    private DrainReport last(Kept mine, String id) {
        DrainReport held = mine.report();
        try {
            return held != null ? held : new ReportFiles(run.getRootDir().toPath()).read(id);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the report " + id + " of " + run);
            return null;
        }
    }

    /**
     * Shows a roll from now on, above the drains of its hosts. It is written at once; where that fails the page shows it all the
     * same until the controller stops, and the controller's log says so.
     *
     * @param roll as it was planned; one of the same id is replaced, and so is one of the same key: it is of the same hosts
     * @throws IllegalStateException before the action belongs to a run
     */
    public void plan(RollReport roll) {
        Run<?, ?> owner = run;
        if (owner == null) {
            throw new IllegalStateException("The action does not belong to a run yet");
        }
        Set<String> same = plannedRolls().stream()
                .filter(other -> roll.key() != null
                        && roll.key().equals(other.key())
                        && Objects.equals(roll.cloud(), other.cloud()))
                .map(RollReport::id)
                .collect(Collectors.toSet());
        synchronized (this) {
            ArrayList<String> more = new ArrayList<>(rollIds());
            more.removeIf(id -> same.contains(id) || id.equals(roll.id()));
            more.add(roll.id());
            rolls = more;
            unwritten().put(roll.id(), roll);
        }
        try {
            new ReportFiles(owner.getRootDir().toPath()).write(roll);
            synchronized (this) {
                unwritten().remove(roll.id(), roll);
                keptRolls().put(roll.id(), new SoftReference<>(roll));
            }
            owner.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not write the roll " + roll.id() + " in " + owner);
        }
    }

    /** As they were planned, in their order; one whose file cannot be read is left out, and the controller's log says why. */
    public List<RollReport> plannedRolls() {
        return rollIds().stream().map(this::roll).filter(Objects::nonNull).toList();
    }

    private synchronized RollReport roll(String id) {
        RollReport held = unwritten().get(id);
        Reference<RollReport> seen = keptRolls().get(id);
        RollReport found = held != null || seen == null ? held : seen.get();
        if (found != null) {
            return found;
        }
        try {
            RollReport read = new ReportFiles(run.getRootDir().toPath()).readRoll(id);
            keptRolls().put(id, new SoftReference<>(read));
            return read;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the roll " + id + " of " + run);
            return null;
        }
    }

    /** How far each roll of this run is. */
    @Exported(inline = true)
    public List<RollProgress> getRolls() {
        List<RollReport> planned = plannedRolls();
        List<DrainReport> drains = planned.isEmpty() ? List.of() : getDrains();
        boolean live = run.isBuilding();
        return planned.stream()
                .map(roll -> RollProgress.of(roll, drains, clock().instant(), live))
                .toList();
    }

    /**
     * The rolls as a file of JUnit's, {@code …/host-maintenance/junit}: a case for each host.
     *
     * @return of the build's last roll; without one a suite without cases
     */
    @GET
    public HttpResponse doJunit() {
        return HttpResponses.text(junit());
    }

    String junit() {
        List<RollProgress> all = getRolls();
        return all.isEmpty()
                ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"roll\" tests=\"0\"/>\n"
                : JUnitXml.of(all.get(all.size() - 1));
    }

    /**
     * The page of one host of a roll, {@code …/host-maintenance/drain/<id>/}.
     *
     * @param id of a step's report
     * @return null, which is not found, where there is none
     */
    public DrainPage getDrain(String id) {
        return ids().contains(id) ? new DrainPage(this, id) : null;
    }

    private List<String> rollIds() {
        List<String> known = rolls;
        return known == null ? List.of() : known;
    }

    private synchronized Map<String, RollReport> unwritten() {
        if (unwritten == null) {
            unwritten = new HashMap<>();
        }
        return unwritten;
    }

    private synchronized Map<String, Reference<RollReport>> keptRolls() {
        if (keptRolls == null) {
            keptRolls = new HashMap<>();
        }
        return keptRolls;
    }

    private static Duration pause(int bytes) {
        Duration fair = Duration.ofMillis(1000L * bytes / BYTES_A_SECOND);
        Duration atLeast = fair.compareTo(BETWEEN_WRITES) < 0 ? BETWEEN_WRITES : fair;
        return atLeast.compareTo(LONGEST_WITHOUT_WRITE) > 0 ? LONGEST_WITHOUT_WRITE : atLeast;
    }

    /**
     * @return the reports of all drains of this run, in the order of their beginning; for one whose file cannot be read, a
     *     report that says so
     */
    @Exported(inline = true)
    public List<DrainReport> getDrains() {
        return ids().stream().map(this::report).toList();
    }

    /** For the remote API. */
    public Api getApi() {
        return new Api(this);
    }

    /** For the page's side panel and title. */
    public Run<?, ?> getRun() {
        return run;
    }

    /**
     * @return the page's content, escaped already
     */
    public String getFragment() {
        return shown(null);
    }

    /**
     * What a page that was loaded before asks for while the build runs: what has changed since.
     *
     * @param since the token of what the page last got
     * @return pieces of the page, escaped already; told as text, for nothing but the page's script is to make a page of them
     */
    @GET
    public HttpResponse doChanges(@QueryParameter String since) {
        return HttpResponses.text(shown(since));
    }

    /** The page's content, or of that what has changed since the token. */
    String shown(String since) {
        boolean live = run.isBuilding();
        View view = view(live, "../input/");
        Markup page = ReportPage.page(plannedRolls(), getDrains(), known(), view);
        Changes seen;
        synchronized (this) {
            // of a build that is over nothing changes any more: its readers get the whole once, and ask no further
            seen = live && changes != null ? changes : new Changes();
            changes = live ? seen : null;
        }
        return since == null ? seen.whole(page, view) : seen.since(since, page, view);
    }

    /** The same of the page of one drain. */
    String shown(String id, String since) {
        boolean live = run.isBuilding();
        View view = view(live, "../../../input/");
        Markup page = ReportPage.drain(id, getDrains(), known(), view);
        Changes seen;
        synchronized (this) {
            Map<String, Changes> all = live && changesOfDrains != null ? changesOfDrains : new HashMap<>();
            seen = all.computeIfAbsent(id, unseen -> new Changes());
            changesOfDrains = live ? all : null;
        }
        return since == null ? seen.whole(page, view) : seen.since(since, page, view);
    }

    private View view(boolean live, String gate) {
        return new View(clock().instant(), ZoneId.systemDefault(), live, "changes", live ? gate : null);
    }

    private List<SettledBy> known() {
        return knownSteps().map(steps -> steps.besides(run)).orElse(List.of());
    }

    @Override
    public String getIconFileName() {
        return "symbol-computer";
    }

    @Override
    public String getDisplayName() {
        return TITLE;
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
    }

    /** How many bytes of reports this process has written, of all drains. */
    synchronized long written() {
        return kept == null
                ? 0
                : kept.values().stream().mapToLong(each -> each.written).sum();
    }

    private DrainReport report(String id) {
        Kept mine;
        synchronized (this) {
            mine = kept(id);
        }
        boolean over = !run.isBuilding();
        synchronized (mine) {
            DrainReport report = mine.report();
            if (report == null) {
                report = read(id);
                mine.onDisk(report, over);
            } else if (over && mine.held == null) {
                mine.onDisk(report, true);
            }
            return report;
        }
    }

    private DrainReport read(String id) {
        try {
            return new ReportFiles(run.getRootDir().toPath()).read(id);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the report " + id + " of " + run);
            Instant start = Instant.ofEpochMilli(run.getStartTimeInMillis());
            String why = "The report of this step could not be read; the controller's log says why.";
            return new DrainReport(
                    id, "", null, null, "UNKNOWN", null, start, start, why, List.of(), List.of(), List.of());
        }
    }

    private List<String> ids() {
        List<String> known = ids;
        return known == null ? List.of() : known;
    }

    /** Must be called with this object's lock held. */
    private Kept kept(String id) {
        if (kept == null) {
            kept = new HashMap<>();
        }
        return kept.computeIfAbsent(id, unseen -> new Kept());
    }

    private Optional<KnownSteps> knownSteps() {
        return knownSteps == null ? KnownSteps.get() : Optional.of(knownSteps);
    }

    private Clock clock() {
        return clock == null ? Clock.systemUTC() : clock;
    }

    /**
     * What is known of a drain in memory; guarded by itself. What is on disk is let go: of a step that has ended when memory is
     * short, of a build that is over as soon as nobody looks.
     */
    private static final class Kept {
        private DrainReport held;
        private Reference<DrainReport> seen;
        private Instant next;
        private long written;

        /** Null where it must be read. */
        DrainReport report() {
            return held != null ? held : seen == null ? null : seen.get();
        }

        /** For as long as it is nowhere else. */
        void hold(DrainReport report) {
            held = report;
            seen = null;
        }

        void onDisk(DrainReport report, boolean over) {
            held = null;
            seen = over ? new WeakReference<>(report) : new SoftReference<>(report);
        }
    }
}
