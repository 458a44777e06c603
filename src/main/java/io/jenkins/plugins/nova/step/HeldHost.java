package io.jenkins.plugins.nova.step;

import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.claim.Claim;
import java.io.Serializable;

/**
 * A host that nodeMaintenance holds while its block runs: a step inside that empties the same host does so under the same claim.
 * Saved with the build's program, so no record.
 */
final class HeldHost implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String host;
    private final String reason;

    /**
     * @param order what holds it
     */
    HeldHost(DrainOrder order) {
        this.host = order.host();
        this.reason = order.claim().reason();
    }

    /** The order under the same claim, where it is about this host; else as it is. */
    DrainOrder under(DrainOrder order) {
        return host.equals(order.host()) ? order.heldAs(Claim.parse(reason).orElse(order.claim())) : order;
    }
}
