package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.cloud.CloudSessions;
import io.jenkins.plugins.nova.drain.observe.RollPast;
import io.jenkins.plugins.nova.drain.observe.RollReader;
import io.jenkins.plugins.nova.drain.observe.RollRequest;
import io.jenkins.plugins.nova.drain.tell.RollResult;
import io.jenkins.plugins.nova.drain.tell.RollTable;
import io.jenkins.plugins.nova.plan.roll.RollTurn;
import io.jenkins.plugins.nova.plan.roll.Window;
import io.jenkins.plugins.nova.plan.room.Budget;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.data.RollReport;
import io.jenkins.plugins.nova.step.argument.Arguments;
import io.jenkins.plugins.nova.step.argument.RollMap;
import io.jenkins.plugins.nova.step.form.CloudStepDescriptor;
import io.jenkins.plugins.nova.step.form.FieldRemarks;
import io.jenkins.plugins.nova.step.form.NovaStepDescriptor;
import io.jenkins.plugins.nova.step.shown.EarlierRolls;
import io.jenkins.plugins.nova.step.shown.EarlierRolls.Proof;
import io.jenkins.plugins.nova.step.shown.EarlierRolls.Unfinished;
import io.jenkins.plugins.nova.step.shown.RollReports;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * {@code rollPlan aggregate: 'rack7', budget: budget(maxAway: 4)}: in which order many hosts can be emptied and worked on, which may be
 * away together, where each server goes meanwhile, and what will block. Changes nothing.
 *
 * <p>Returns a map; see {@link RollResult#of}.
 */
public final class RollPlanStep extends CloudStep {

    static final String NAME = "rollPlan";

    private static final int USUAL_BLOCK = 20;
    private static final int LONGEST_BLOCK = 10_000;

    private Object hosts;
    private String aggregate;
    private String zone;
    private HostBudget budget;
    private boolean canary = true;
    private int burnIn;
    private int stopAfter = 1;
    private MaintenanceWindow window;
    private boolean fresh;
    private int blockMinutes = USUAL_BLOCK;
    private Object blockMigration = "auto";
    private Object approve;
    private Object leave;

    /** Called for each call of the step; hosts, aggregate or zone is to be set. */
    @DataBoundConstructor
    public RollPlanStep() {}

    /** Exact names of hosts, one or a list; null where aggregate or zone is given. */
    public Object getHosts() {
        return hosts;
    }

    @DataBoundSetter
    public void setHosts(Object hosts) {
        this.hosts = hosts;
    }

    /** The aggregate whose hosts are meant; null for none. */
    public String getAggregate() {
        return aggregate;
    }

    @DataBoundSetter
    public void setAggregate(String aggregate) {
        this.aggregate = Util.fixEmpty(aggregate);
    }

    /** The availability zone whose hosts are meant; null for none. */
    public String getZone() {
        return zone;
    }

    @DataBoundSetter
    public void setZone(String zone) {
        this.zone = Util.fixEmpty(zone);
    }

    /** How many hosts of a site may be away; null for any number. */
    public HostBudget getBudget() {
        return budget;
    }

    @DataBoundSetter
    public void setBudget(HostBudget budget) {
        this.budget = budget;
    }

    /** Whether the first host goes alone. */
    public boolean isCanary() {
        return canary;
    }

    @DataBoundSetter
    public void setCanary(boolean canary) {
        this.canary = canary;
    }

    /** Minutes after the canary host is done in which no other host begins. */
    public Integer getBurnIn() {
        return burnIn;
    }

    /** An emptied field is none. */
    @DataBoundSetter
    public void setBurnIn(Integer burnIn) {
        this.burnIn = burnIn == null ? 0 : burnIn;
    }

    /** After so many failed hosts none begins any more. */
    public Integer getStopAfter() {
        return stopAfter;
    }

    /** An emptied field is the default. */
    @DataBoundSetter
    public void setStopAfter(Integer stopAfter) {
        this.stopAfter = stopAfter == null ? 1 : stopAfter;
    }

    /** When hosts may be away; null for always. */
    public MaintenanceWindow getWindow() {
        return window;
    }

    @DataBoundSetter
    public void setWindow(MaintenanceWindow window) {
        this.window = window;
    }

    /** Whether an unfinished roll of the job is left alone, and a new one begun. */
    public boolean isFresh() {
        return fresh;
    }

    @DataBoundSetter
    public void setFresh(boolean fresh) {
        this.fresh = fresh;
    }

    /** Minutes that a host is worked on once it is empty, for the forecast. */
    public Integer getBlockMinutes() {
        return blockMinutes;
    }

    /** An emptied field is the default. */
    @DataBoundSetter
    public void setBlockMinutes(Integer blockMinutes) {
        this.blockMinutes = blockMinutes == null ? USUAL_BLOCK : blockMinutes;
    }

    /** {@code 'auto'}, true or false, as Nova's os-migrateLive has it. */
    public Object getBlockMigration() {
        return blockMigration;
    }

    @DataBoundSetter
    public void setBlockMigration(Object blockMigration) {
        this.blockMigration = blockMigration;
    }

    /** Servers (ids or names, one or a list; true for all) that are moved although their owner asks for a word first; null for none. */
    public Object getApprove() {
        return approve;
    }

    @DataBoundSetter
    public void setApprove(Object approve) {
        this.approve = approve;
    }

    /** Servers (ids or names, one or a list) that may stay on their host and go down with it; null for none. */
    public Object getLeave() {
        return leave;
    }

    @DataBoundSetter
    public void setLeave(Object leave) {
        this.leave = leave;
    }

    @Override
    public StepExecution start(StepContext context) throws Exception {
        request();
        return new Execution(context, BoundCloud.of(context, this), this);
    }

    /**
     * What the parameters ask for.
     *
     * @throws AbortException for a bad one, naming the parameter, its value and the way out
     */
    private RollRequest request() throws AbortException {
        List<String> names = Arguments.names("hosts", hosts);
        int ways = (names.isEmpty() ? 0 : 1) + (aggregate == null ? 0 : 1) + (zone == null ? 0 : 1);
        if (ways != 1) {
            throw new AbortException("hosts, aggregate, zone: "
                    + (ways == 0 ? "none of them is given" : ways + " of them are given") + "; give exactly one.");
        }
        for (String name : names) {
            Arguments.host("hosts", name);
        }
        Arguments.check(
                "blockMinutes",
                blockMinutes >= 0 && blockMinutes <= LONGEST_BLOCK,
                blockMinutes,
                "give whole minutes from 0 to " + LONGEST_BLOCK);
        Arguments.check(
                "burnIn",
                burnIn >= 0 && burnIn <= RollMap.MOST_MINUTES,
                burnIn,
                "give whole minutes from 0 to " + RollMap.MOST_MINUTES);
        Arguments.check(
                "burnIn", burnIn == 0 || canary, burnIn, "it follows the canary host, so leave canary: false out");
        Arguments.check("stopAfter", stopAfter >= 1, stopAfter, "give a whole number of failed hosts from 1 on");
        if (window != null) {
            window.window();
        }
        List<String> left = Arguments.names("leave", leave);
        Arguments.check(
                "leave",
                left.stream().noneMatch(name -> name.equals("*") || name.equals("true")),
                leave,
                "name the servers whose owners agreed, one by one");
        return new RollRequest(
                names,
                aggregate,
                zone,
                budget == null ? Budget.NONE : budget.limits(),
                canary,
                Arguments.blockMigration(blockMigration),
                Arguments.namesOrAll("approve", approve),
                left,
                Duration.ofMinutes(blockMinutes));
    }

    /** Asks the cloud, not on the thread that runs the Pipeline; after a restart once more, for it changes nothing. */
    static final class Execution extends GeneralNonBlockingStepExecution {

        private static final long serialVersionUID = 1L;

        private final BoundCloud bound;
        private final ArrayList<String> hosts;
        private final String aggregate;
        private final String zone;
        private final int maxAway;
        private final int minFree;
        private final String budgetAggregate;
        private final boolean canary;
        private final int burnIn;
        private final int stopAfter;
        private final String windowHours;
        private final String windowDays;
        private final String windowZone;
        private final boolean fresh;
        private final int blockMinutes;
        private final String blockMigration;
        private final ArrayList<String> approve;
        private final ArrayList<String> leave;

        Execution(StepContext context, BoundCloud bound, RollPlanStep step) throws AbortException {
            super(context);
            // no record is saved with a program: field by field
            RollRequest request = step.request();
            this.bound = bound;
            this.hosts = new ArrayList<>(request.hosts());
            this.aggregate = request.aggregate();
            this.zone = request.zone();
            this.maxAway = request.budget().maxHostsInMaintenance();
            this.minFree = request.budget().minFreeHosts();
            this.budgetAggregate = request.budget().aggregate();
            this.canary = request.canary();
            this.burnIn = step.getBurnIn();
            this.stopAfter = step.getStopAfter();
            MaintenanceWindow when = step.getWindow();
            this.windowHours = when == null ? null : when.getHours();
            this.windowDays = when == null ? null : when.getDays();
            this.windowZone = when == null ? null : when.getZone();
            this.fresh = step.isFresh();
            this.blockMinutes = step.getBlockMinutes();
            this.blockMigration = request.blockMigration().name();
            this.approve = new ArrayList<>(request.approve());
            this.leave = new ArrayList<>(request.leave());
        }

        @Override
        public boolean start() {
            run(this::read);
            return false;
        }

        @Override
        public void onResume() {
            run(this::read);
        }

        private Map<String, Object> result(RollRequest request, RollReader.Planned planned, Optional<Unfinished> past) {
            Map<String, Proof> proofs = past.map(Unfinished::done).orElse(Map.of());
            Map<String, String> words = new HashMap<>();
            planned.done().forEach(host -> words.put(host, RollMap.words(proofs.get(host))));
            Map<String, Object> result = RollResult.of(planned, words);
            result.put(
                    "roll",
                    past.map(Unfinished::id).orElseGet(() -> UUID.randomUUID().toString()));
            result.put("key", RollMap.key(request));
            result.put("cloud", bound.cloud());
            Map<String, Object> budget = new LinkedHashMap<>();
            budget.put("maxAway", maxAway);
            budget.put("minFree", minFree);
            if (budgetAggregate != null) {
                budget.put("aggregate", budgetAggregate);
            }
            result.put("budget", budget);
            List<RollTurn> turns = planned.roll().turns();
            if (planned.order().canary() && turns.size() > 1) {
                result.put("canary", turns.get(0).host());
            }
            result.put("burnIn", burnIn);
            // an execution that an earlier version saved has none
            result.put("stopAfter", Math.max(1, stopAfter));
            if (windowHours != null) {
                Map<String, Object> when = new LinkedHashMap<>();
                when.put("hours", windowHours);
                if (windowDays != null) {
                    when.put("days", windowDays);
                }
                if (windowZone != null) {
                    when.put("zone", windowZone);
                }
                result.put("window", when);
            }
            result.put("blockMinutes", blockMinutes);
            result.put(
                    "blockMigration",
                    BlockMigration.valueOf(blockMigration).name().toLowerCase(Locale.ROOT));
            // ids: a name may be another server's by the time that its host's turn has come
            result.put(
                    "approve",
                    new ArrayList<>(new TreeSet<>(planned.order().wish().approved())));
            result.put(
                    "leave",
                    new ArrayList<>(new TreeSet<>(planned.order().wish().leave())));
            Map<String, Object> done = new LinkedHashMap<>();
            planned.done().forEach(host -> done.put(host, RollMap.proof(proofs.get(host))));
            result.put("done", done);
            return result;
        }

        private RollReport page(
                Map<String, Object> result,
                RollRequest request,
                RollReader.Planned planned,
                Optional<Unfinished> past) {
            Map<String, RollReport.Before> before = new LinkedHashMap<>();
            planned.done().forEach(host -> {
                Proof proof = past.map(Unfinished::done).orElse(Map.of()).get(host);
                before.put(host, new RollReport.Before(proof.build(), proof.at()));
            });
            return RollReports.of(
                    String.valueOf(result.get("roll")),
                    RollMap.key(request),
                    bound.cloud(),
                    planned.roll(),
                    request.budget(),
                    result.containsKey("canary"),
                    before,
                    Instant.now());
        }

        private void read() throws IOException, InterruptedException {
            try {
                RollRequest request = new RollRequest(
                        hosts,
                        aggregate,
                        zone,
                        new Budget(maxAway, minFree, budgetAggregate),
                        canary,
                        BlockMigration.valueOf(blockMigration),
                        approve,
                        leave,
                        Duration.ofMinutes(blockMinutes));
                Run<?, ?> run = getContext().get(Run.class);
                Optional<Unfinished> unfinished =
                        fresh ? Optional.empty() : EarlierRolls.unfinished(run, bound.cloud(), RollMap.key(request));
                RollReader.Planned planned = RollReader.plan(
                        CloudSessions.open(run, bound.cloud(), bound.credentialsId()),
                        request,
                        unfinished
                                .map(one -> new RollPast(one.done().keySet(), one.failed()))
                                .orElse(RollPast.NONE),
                        windowHours == null ? null : Window.of(windowHours, windowDays, windowZone),
                        Instant.now());
                // hosts that are gone do not keep a roll unfinished
                boolean over = planned.done().isEmpty()
                        && unfinished.isPresent()
                        && !unfinished.get().done().isEmpty();
                Optional<Unfinished> past = over ? Optional.empty() : unfinished;
                PrintStream console = getContext().get(TaskListener.class).getLogger();
                Stream.concat(past.stream().flatMap(one -> goingOn(one, planned)), RollTable.of(planned).stream())
                        .forEach(line -> console.println("[" + NAME + "] " + line));
                Map<String, Object> result = result(request, planned, past);
                HostMaintenanceAction.of(run).plan(page(result, request, planned, past));
                getContext().onSuccess(result);
            } catch (IllegalArgumentException | NovaException e) {
                // not told by ourselves: after an abort there is nobody to tell
                throw new AbortException(NAME + ": " + e.getMessage());
            }
        }
    }

    /** What earlier builds have come to, a line each. */
    private static Stream<String> goingOn(Unfinished past, RollReader.Planned planned) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "  Going on with the roll that an earlier build of this job has begun; for a new one say fresh: true.");
        planned.done()
                .forEach(host -> lines.add("  " + host + " is passed over: "
                        + RollMap.words(past.done().get(host))));
        past.failed().stream()
                .filter(planned.order().hosts()::contains)
                .forEach(host -> lines.add("  " + host + " failed in it, and is tried first."));
        return lines.stream();
    }

    /** Describes the step to Jenkins. */
    @Extension
    public static final class DescriptorImpl extends CloudStepDescriptor {
        public DescriptorImpl() {
            super(NAME, Messages.RollPlanStep_DisplayName());
        }

        /** Exact names of hosts. */
        @POST
        public FormValidation doCheckHosts(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRemarks.servers(item, "hosts", value, "Name the hosts, or give an aggregate or a zone.");
        }

        /** The name of an aggregate. */
        @POST
        public FormValidation doCheckAggregate(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRemarks.exact(item, value);
        }

        /** The name of a zone. */
        @POST
        public FormValidation doCheckZone(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRemarks.exact(item, value);
        }

        /** Minutes. */
        @POST
        public FormValidation doCheckBlockMinutes(@AncestorInPath Item item, @QueryParameter String value) {
            return NovaStepDescriptor.isChecked(item, value)
                    ? FormValidation.validateNonNegativeInteger(value)
                    : FormValidation.ok();
        }

        /** Minutes. */
        @POST
        public FormValidation doCheckBurnIn(@AncestorInPath Item item, @QueryParameter String value) {
            return NovaStepDescriptor.isChecked(item, value)
                    ? FormValidation.validateNonNegativeInteger(value)
                    : FormValidation.ok();
        }

        /** Hosts. */
        @POST
        public FormValidation doCheckStopAfter(@AncestorInPath Item item, @QueryParameter String value) {
            return NovaStepDescriptor.isChecked(item, value)
                    ? FormValidation.validatePositiveInteger(value)
                    : FormValidation.ok();
        }

        /** Which servers are moved although their owner asks first. */
        @POST
        public FormValidation doCheckApprove(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRemarks.servers(item, "approve", value, null);
        }

        /** Which servers stay. */
        @POST
        public FormValidation doCheckLeave(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldRemarks.servers(
                    item, "leave", value, "Name the servers whose owners agreed; all of them cannot be left.");
        }

        /** How the disks of a live migration are treated. */
        @POST
        public ListBoxModel doFillBlockMigrationItems(@AncestorInPath Item item) {
            return NovaStepDescriptor.blockMigrations(item);
        }
    }
}
