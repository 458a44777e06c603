package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import io.jenkins.plugins.nova.drain.CanaryOrder;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOrder;
import io.jenkins.plugins.nova.step.argument.Arguments;
import io.jenkins.plugins.nova.step.argument.Manifest;
import java.time.Duration;

/** What the steps that bring a host back into service are told of it. Not serialised: an order is made of it. */
final class ReturnParameters {

    /** Minutes for a host to become fit: firmware, kernel and nova-compute of a large server start in less. */
    static final int DEFAULT_READY_TIMEOUT = 30;

    private int readyTimeout = DEFAULT_READY_TIMEOUT;
    private boolean clearForcedDown;
    private boolean runUnconfirmed;
    private boolean bringHome;
    private Object manifest;
    private CanaryServer canary;

    int readyTimeout() {
        return readyTimeout;
    }

    void readyTimeout(int minutes) {
        readyTimeout = minutes;
    }

    boolean clearForcedDown() {
        return clearForcedDown;
    }

    void clearForcedDown(boolean told) {
        clearForcedDown = told;
    }

    boolean runUnconfirmed() {
        return runUnconfirmed;
    }

    void runUnconfirmed(boolean told) {
        runUnconfirmed = told;
    }

    boolean bringHome() {
        return bringHome;
    }

    void bringHome(boolean told) {
        bringHome = told;
    }

    Object manifest() {
        return manifest;
    }

    void manifest(Object given) {
        manifest = given;
    }

    CanaryServer canary() {
        return canary;
    }

    void canary(CanaryServer wanted) {
        canary = wanted;
    }

    /**
     * Null when no canary is asked for.
     *
     * @throws AbortException for a bad or missing id
     */
    CanaryOrder canaryOrder() throws AbortException {
        return canary == null ? null : canary.order();
    }

    /**
     * @throws AbortException for a bad value, naming the parameter, its value and the way out
     */
    ReturnOrder order(String host, boolean dryRun, String by, String reason) throws AbortException {
        Arguments.check("readyTimeout", readyTimeout >= 1, readyTimeout, "give whole minutes, at least 1");
        return new ReturnOrder(
                Arguments.host("host", host),
                Duration.ofMinutes(readyTimeout),
                clearForcedDown,
                runUnconfirmed,
                bringHome,
                Manifest.read("manifest", manifest),
                dryRun,
                canaryOrder(),
                by,
                reason);
    }
}
