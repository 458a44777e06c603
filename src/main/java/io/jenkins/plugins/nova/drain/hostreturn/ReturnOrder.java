package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.drain.CanaryOrder;
import io.jenkins.plugins.nova.drain.ReturningServer;
import java.time.Duration;
import java.util.List;

/**
 * How a host is to come back into service; does not change while that goes on.
 *
 * @param host the compute service's host
 * @param readyTimeout how long it is waited for
 * @param clearForcedDown whether the pipeline says that forced_down may be taken back whoever set it
 * @param runUnconfirmed whether the body may run while servers that left wait in VERIFY_RESIZE
 * @param bringHome whether the servers that left are moved back
 * @param manifest servers that left before this build, as the pipeline names them; empty for none
 * @param dryRun whether to look once, say what is wanting and change nothing
 * @param canary the server that is tried on the host before it is opened; null for none
 * @param by the build's name
 * @param reason why the host was emptied, as the pipeline says it, such as a ticket; null for none
 */
public record ReturnOrder(
        String host,
        Duration readyTimeout,
        boolean clearForcedDown,
        boolean runUnconfirmed,
        boolean bringHome,
        List<ReturningServer> manifest,
        boolean dryRun,
        CanaryOrder canary,
        String by,
        String reason) {

    public ReturnOrder {
        manifest = manifest == null ? List.of() : List.copyOf(manifest);
    }
}
