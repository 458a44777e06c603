package io.jenkins.plugins.nova.plan.filter;

import io.jenkins.plugins.nova.plan.Risk;
import io.jenkins.plugins.nova.plan.ServerFilter;
import io.jenkins.plugins.nova.plan.order.Planner;
import io.jenkins.plugins.nova.plan.risk.AmphoraRisk;
import io.jenkins.plugins.nova.plan.risk.ConfigDriveRisk;
import io.jenkins.plugins.nova.plan.risk.LockRisk;
import io.jenkins.plugins.nova.plan.risk.NumaRisk;
import io.jenkins.plugins.nova.plan.risk.TargetRisk;
import java.util.List;

/**
 * The filters and risks that a plan is made with, in their order. The first filter that has a word decides, so those that settle
 * a server whatever it is made of stand first, then what Nova or its hypervisor refuses, and last what its owner does.
 */
public final class Filters {

    private static final List<ServerFilter> FILTERS = List.of(
            // IMPORTANT first: of a server that Nova reads UNKNOWN nothing else that is read may be believed
            new UnknownFilter(),
            // before all that may be wrong with it: what stays on the host keeps nothing from being done
            new LeaveFilter(),
            // it is where it was to go, whatever state it is in
            new TargetFilter(),
            // IMPORTANT before those that look at its state: a task of somebody's is about to change that, and an
            // evacuation
            // of somebody's would be asked for a second time (bug 1978983)
            new TaskFilter(),
            // confirm and revert go no further than this
            new ResizeFilter(),
            // without its host's compute service neither a live nor a cold migration begins
            new SourceUpFilter(),
            // what the hypervisor's driver cannot do at all
            new HypervisorFilter(),
            // before what could go wrong with a move: its owner wants none
            new SkipFilter(),
            // before what Nova or the scheduler would refuse: nothing is asked of them
            new FailoverFilter(),
            // states that Nova moves by no way
            new StateFilter(),
            // a state that Nova is about to put right
            new PowerFilter(),
            // IMPORTANT before what only refuses: here a disk would be lost
            new DiskLossFilter(),
            // refused by nova-api
            new SharesFilter(),
            new AcceleratorFilter(),
            // refused by the scheduler
            new AffinityFilter(),
            new AntiAffinityFilter(),
            new ZoneFilter(),
            // refused for a way of moving, so that another may be left
            new BlockMigrationFilter(),
            new VtpmFilter(),
            new MemoryEncryptionFilter(),
            new PciFilter(),
            new VgpuFilter(),
            // nothing else speaks against the move: whether its owner does
            new ConsentFilter());

    /** What concerns its owner first, then what may fail. */
    private static final List<Risk> RISKS = List.of(
            new LockRisk(),
            new AmphoraRisk(),
            new VtpmFilter(),
            new PciFilter(),
            new VgpuFilter(),
            new NumaRisk(),
            new ZoneFilter(),
            new TargetRisk(),
            new BlockMigrationFilter(),
            new ConfigDriveRisk());

    private Filters() {}

    /** A planner that asks all of them. */
    public static Planner planner() {
        return new Planner(FILTERS, RISKS);
    }
}
