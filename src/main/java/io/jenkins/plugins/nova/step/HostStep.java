package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.nova.drain.ApprovedPlan;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainOrder.Confirm;
import io.jenkins.plugins.nova.drain.DrainOrder.OnAbort;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.RoomDemand;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.plan.room.Budget;
import io.jenkins.plugins.nova.step.argument.Approvals;
import io.jenkins.plugins.nova.step.argument.Arguments;
import io.jenkins.plugins.nova.step.argument.OrderBuilder;
import io.jenkins.plugins.nova.step.argument.WatchList;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What the steps that empty a host have in common: the parameters of a drain. Their help stands beside this class, their
 * form in its {@code drain.jelly} and {@code more.jelly}.
 */
public abstract class HostStep extends MovingStep {

    private final String host;
    private Object blockMigration = "auto";
    private boolean blockMigrationNamed;
    private String onTimeout = "abort";
    private String onAbort = "leave";
    private String confirm = "manual";
    private DeadHost deadHost;
    private Object plan;
    private String onDrift = "fail";
    private String room = "warn";
    private HostBudget budget;
    private boolean takeOver;
    private boolean unproven;
    private String reason;
    private Object leave;
    private Object beside;

    /**
     * @param host the compute service's host, exactly as {@code openstack compute service list} shows it
     */
    HostStep(String host) {
        this.host = host;
    }

    /** The host to be emptied. */
    public final String getHost() {
        return host;
    }

    /** {@code 'auto'}, true or false, as Nova's os-migrateLive has it. */
    public final Object getBlockMigration() {
        return blockMigration;
    }

    @DataBoundSetter
    public final void setBlockMigration(Object blockMigration) {
        this.blockMigration = blockMigration;
        blockMigrationNamed = true;
    }

    /** Whether the pipeline says how disks are treated. */
    final boolean namesBlockMigration() {
        return blockMigrationNamed;
    }

    /** What to do with a live migration over its time: abort, forceComplete, coldMigrate, leave. */
    public final String getOnTimeout() {
        return onTimeout;
    }

    @DataBoundSetter
    public final void setOnTimeout(String onTimeout) {
        this.onTimeout = onTimeout;
    }

    /** What to do with moves under way when the build is aborted: leave, abort. */
    public final String getOnAbort() {
        return onAbort;
    }

    @DataBoundSetter
    public final void setOnAbort(String onAbort) {
        this.onAbort = onAbort;
    }

    /** Who confirms cold migrations: manual (a later confirmResize), auto. */
    public final String getConfirm() {
        return confirm;
    }

    @DataBoundSetter
    public final void setConfirm(String confirm) {
        this.confirm = confirm;
    }

    /** What is said of a host that is down; null for nothing. */
    public final DeadHost getDeadHost() {
        return deadHost;
    }

    @DataBoundSetter
    public final void setDeadHost(DeadHost deadHost) {
        this.deadHost = deadHost;
    }

    /** The plan that was approved: its hash, or the map that maintenancePlan returned; null to take it as it is found. */
    public final Object getPlan() {
        return plan;
    }

    @DataBoundSetter
    public final void setPlan(Object plan) {
        this.plan = plan;
    }

    /** What to do when the plan is not the approved one any more: fail, ask, continue. */
    public final String getOnDrift() {
        return onDrift;
    }

    @DataBoundSetter
    public final void setOnDrift(String onDrift) {
        this.onDrift = onDrift;
    }

    /** What is done when no place is found for each server: require, warn, ignore. */
    public final String getRoom() {
        return room;
    }

    @DataBoundSetter
    public final void setRoom(String room) {
        this.room = room;
    }

    /** How many hosts of the site may be away; null for any number. */
    public final HostBudget getBudget() {
        return budget;
    }

    @DataBoundSetter
    public final void setBudget(HostBudget budget) {
        this.budget = budget;
    }

    /** Whether a host that is held by a build of which this controller knows nothing is taken over. */
    public final boolean isTakeOver() {
        return takeOver;
    }

    @DataBoundSetter
    public final void setTakeOver(boolean takeOver) {
        this.takeOver = takeOver;
    }

    /** Whether a host on which no server can be seen is taken as empty though nobody could prove it. */
    public final boolean isUnproven() {
        return unproven;
    }

    @DataBoundSetter
    public final void setUnproven(boolean unproven) {
        this.unproven = unproven;
    }

    /** Why the host is emptied, such as a ticket; null for no reason. */
    public final String getReason() {
        return reason;
    }

    @DataBoundSetter
    public final void setReason(String reason) {
        this.reason = Util.fixEmptyAndTrim(reason);
    }

    /** Servers (ids or names, one or a list) that may stay on the host and go down with it; null for none. */
    public final Object getLeave() {
        return leave;
    }

    @DataBoundSetter
    public final void setLeave(Object leave) {
        this.leave = leave;
    }

    /** Services beside Nova (words, one or a list) whose setting of the host must be set; null for those that there are. */
    public final Object getBeside() {
        return beside;
    }

    @DataBoundSetter
    public final void setBeside(Object beside) {
        this.beside = beside;
    }

    @Override
    DrainOrder order(String by) throws AbortException {
        return draining(by).build();
    }

    /** An order to empty the host, as the parameters say. */
    final OrderBuilder draining(String by) throws AbortException {
        DeadHost dead = deadHost == null ? new DeadHost() : deadHost;
        return moving(by)
                .emptyHost(Arguments.host("host", host))
                .blockMigration(Arguments.blockMigration(blockMigration))
                .onTimeout(Arguments.choice("onTimeout", onTimeout, OnTimeout.class))
                .onAbort(Arguments.choice("onAbort", onAbort, OnAbort.class))
                .confirm(Arguments.choice("confirm", confirm, Confirm.class))
                .fenced(dead.isFenced())
                .sharedStorage(dead.isSharedStorage())
                .allowDiskLoss(Arguments.namesOrAll("deadHost.allowDiskLoss", dead.getAllowDiskLoss()))
                .expectedPlan(Approvals.hash(plan))
                .approved(new ApprovedPlan(
                        Approvals.essence(plan), Arguments.choice("onDrift", onDrift, ApprovedPlan.OnDrift.class)))
                .room(new RoomDemand(Arguments.choice("room", room, RoomDemand.Forecast.class), limits()))
                .takeOver(takeOver)
                .unproven(unproven)
                .reason(reason)
                .leave(left())
                .beside(Arguments.hostSettings("beside", beside))
                .amphorae(Arguments.amphorae("beside", beside));
    }

    /** How servers that left the host are brought back to it: an order without servers. */
    final DrainOrder homeward(String by) throws AbortException {
        return moving(by)
                .guests(WatchList.read(getWatch(), getWatchFrom()).amongOthers())
                .servers(Route.BY_STATE, List.of())
                .targetHost(host)
                .blockMigration(Arguments.blockMigration(blockMigration))
                .onTimeout(Arguments.choice("onTimeout", onTimeout, OnTimeout.class))
                .onAbort(Arguments.choice("onAbort", onAbort, OnAbort.class))
                .confirm(Arguments.choice("confirm", confirm, Confirm.class))
                .build();
    }

    /** Each by name: what would leave all where they are is no way to empty a host. */
    private List<String> left() throws AbortException {
        List<String> names = Arguments.names("leave", leave);
        Arguments.check(
                "leave",
                names.stream().noneMatch(name -> name.equals("*") || name.equals("true")),
                leave,
                "name the servers whose owners agreed, one by one");
        return names;
    }

    private Budget limits() throws AbortException {
        return budget == null ? new Budget(0, 0, null) : budget.limits();
    }
}
