package io.jenkins.plugins.nova.rehearsal;

import io.jenkins.plugins.nova.step.CanaryServer;
import io.jenkins.plugins.nova.step.DeadHost;
import io.jenkins.plugins.nova.step.HostBudget;

/** The nested arguments of the steps, for tests that make steps without Groovy. */
public final class Groups {
    private Groups() {}

    /** {@code deadHost(fenced: fenced, allowDiskLoss: allowDiskLoss)}. */
    public static DeadHost deadHost(boolean fenced, Object allowDiskLoss) {
        DeadHost dead = new DeadHost();
        dead.setFenced(fenced);
        dead.setAllowDiskLoss(allowDiskLoss);
        return dead;
    }

    /** {@code budget(maxAway: maxAway, minFree: minFree, aggregate: aggregate)}. */
    public static HostBudget budget(int maxAway, int minFree, String aggregate) {
        HostBudget budget = new HostBudget();
        budget.setMaxAway(maxAway);
        budget.setMinFree(minFree);
        budget.setAggregate(aggregate);
        return budget;
    }

    /** {@code canary(image: image, flavor: flavor, network: network)}. */
    public static CanaryServer canary(String image, String flavor, String network) {
        CanaryServer canary = new CanaryServer();
        canary.setImage(image);
        canary.setFlavor(flavor);
        canary.setNetwork(network);
        return canary;
    }
}
