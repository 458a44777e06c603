package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.nova.drain.Approved;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.DrainOrder.Confirm;
import io.jenkins.plugins.nova.drain.DrainOrder.OnAbort;
import io.jenkins.plugins.nova.drain.DrainOrder.OnTimeout;
import io.jenkins.plugins.nova.drain.RoomDemand;
import io.jenkins.plugins.nova.plan.Budget;
import io.jenkins.plugins.nova.plan.Route;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What the steps that empty a host have in common: the parameters of a drain. Their help stands beside this class, their
 * form in its {@code drain.jelly} and {@code more.jelly}.
 */
public abstract class HostStep extends MovingStep {

    private final String host;
    private Object blockMigration = "auto";
    private String onTimeout = "abort";
    private String onAbort = "leave";
    private String confirm = "manual";
    private boolean fenced;
    private boolean sharedStorage;
    private Object allowDiskLoss;
    private Object plan;
    private String onDrift = "fail";
    private String room = "warn";
    private int maxHostsInMaintenance;
    private int minFreeHosts;
    private String budgetAggregate;
    private boolean takeOver;

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

    /** Whether the pipeline vouches that the dead host is powered off or cut from network and storage. */
    public final boolean isFenced() {
        return fenced;
    }

    @DataBoundSetter
    public final void setFenced(boolean fenced) {
        this.fenced = fenced;
    }

    /** Whether the hosts share their instance storage, so that rebuilding keeps local disks. */
    public final boolean isSharedStorage() {
        return sharedStorage;
    }

    @DataBoundSetter
    public final void setSharedStorage(boolean sharedStorage) {
        this.sharedStorage = sharedStorage;
    }

    /** Servers (ids or names, one or a list; true for all) whose local disks may be lost; null for none. */
    public final Object getAllowDiskLoss() {
        return allowDiskLoss;
    }

    @DataBoundSetter
    public final void setAllowDiskLoss(Object allowDiskLoss) {
        this.allowDiskLoss = allowDiskLoss;
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

    /** How many hosts of the site may be disabled or down, this one included; 0 for any number. */
    public final int getMaxHostsInMaintenance() {
        return maxHostsInMaintenance;
    }

    @DataBoundSetter
    public final void setMaxHostsInMaintenance(int maxHostsInMaintenance) {
        this.maxHostsInMaintenance = maxHostsInMaintenance;
    }

    /** How many other hosts of the site must be up, enabled and without a server; 0 for none. */
    public final int getMinFreeHosts() {
        return minFreeHosts;
    }

    @DataBoundSetter
    public final void setMinFreeHosts(int minFreeHosts) {
        this.minFreeHosts = minFreeHosts;
    }

    /** The aggregate that is the site; null for the host's availability zone. */
    public final String getBudgetAggregate() {
        return budgetAggregate;
    }

    @DataBoundSetter
    public final void setBudgetAggregate(String budgetAggregate) {
        this.budgetAggregate = Util.fixEmpty(budgetAggregate);
    }

    /** Whether a host that is held by a build of which this controller knows nothing is taken over. */
    public final boolean isTakeOver() {
        return takeOver;
    }

    @DataBoundSetter
    public final void setTakeOver(boolean takeOver) {
        this.takeOver = takeOver;
    }

    @Override
    DrainOrder order(String by) throws AbortException {
        return draining(by).build();
    }

    /** An order to empty the host, as the parameters say. */
    final OrderBuilder draining(String by) throws AbortException {
        return moving(by)
                .emptyHost(Arguments.host("host", host))
                .blockMigration(Arguments.blockMigration(blockMigration))
                .onTimeout(Arguments.choice("onTimeout", onTimeout, OnTimeout.class))
                .onAbort(Arguments.choice("onAbort", onAbort, OnAbort.class))
                .confirm(Arguments.choice("confirm", confirm, Confirm.class))
                .fenced(fenced)
                .sharedStorage(sharedStorage)
                .allowDiskLoss(Arguments.namesOrAll("allowDiskLoss", allowDiskLoss))
                .expectedPlan(Approvals.hash(plan))
                .approved(new Approved(
                        Approvals.essence(plan), Arguments.choice("onDrift", onDrift, Approved.OnDrift.class)))
                .room(new RoomDemand(Arguments.choice("room", room, RoomDemand.Forecast.class), budget()))
                .takeOver(takeOver);
    }

    /** How servers that left the host are brought back to it: an order without servers. */
    final DrainOrder homeward(String by) throws AbortException {
        return moving(by)
                .servers(Route.BY_STATE, List.of())
                .targetHost(host)
                .blockMigration(Arguments.blockMigration(blockMigration))
                .onTimeout(Arguments.choice("onTimeout", onTimeout, OnTimeout.class))
                .onAbort(Arguments.choice("onAbort", onAbort, OnAbort.class))
                .confirm(Arguments.choice("confirm", confirm, Confirm.class))
                .build();
    }

    private Budget budget() throws AbortException {
        Arguments.check(
                "maxHostsInMaintenance",
                maxHostsInMaintenance >= 0,
                maxHostsInMaintenance,
                "give a whole number from 1 on, or 0 for no limit");
        Arguments.check("minFreeHosts", minFreeHosts >= 0, minFreeHosts, "give a whole number, or 0 for none");
        Arguments.check(
                "budgetAggregate",
                budgetAggregate == null || maxHostsInMaintenance > 0 || minFreeHosts > 0,
                budgetAggregate,
                "it says where maxHostsInMaintenance and minFreeHosts count, and neither is given");
        return new Budget(maxHostsInMaintenance, minFreeHosts, budgetAggregate);
    }
}
