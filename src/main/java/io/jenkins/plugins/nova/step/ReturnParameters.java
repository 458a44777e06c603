package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.nova.drain.CanaryOrder;
import io.jenkins.plugins.nova.drain.ReturnOrder;
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
    private String canaryImage;
    private String canaryFlavor;
    private String canaryNetwork;

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

    String canaryImage() {
        return canaryImage;
    }

    void canaryImage(String id) {
        canaryImage = Util.fixEmptyAndTrim(id);
    }

    String canaryFlavor() {
        return canaryFlavor;
    }

    void canaryFlavor(String id) {
        canaryFlavor = Util.fixEmptyAndTrim(id);
    }

    String canaryNetwork() {
        return canaryNetwork;
    }

    void canaryNetwork(String id) {
        canaryNetwork = Util.fixEmptyAndTrim(id);
    }

    /**
     * Null when no canary is asked for.
     *
     * @throws AbortException for a bad or missing id
     */
    CanaryOrder canary() throws AbortException {
        if (canaryImage == null && canaryFlavor == null) {
            Arguments.check(
                    "canaryNetwork", canaryNetwork == null, canaryNetwork, "name canaryImage and canaryFlavor, too");
            return null;
        }
        if (canaryImage == null || canaryFlavor == null) {
            throw new AbortException((canaryImage == null ? "canaryImage" : "canaryFlavor")
                    + ": is missing; a canary needs the ids of an image and of a flavor.");
        }
        id("canaryImage", canaryImage, "image");
        id("canaryNetwork", canaryNetwork, "network");
        return new CanaryOrder(canaryImage, canaryFlavor, canaryNetwork);
    }

    private static void id(String parameter, String value, String kind) throws AbortException {
        Arguments.check(
                parameter,
                value == null || Arguments.isUuid(value),
                value,
                "give the " + kind + "'s id, as 'openstack " + kind + " list' shows it");
    }

    /**
     * @throws AbortException for a bad value, naming the parameter, its value and the way out
     */
    ReturnOrder order(String host, boolean dryRun, String by) throws AbortException {
        Arguments.check("readyTimeout", readyTimeout >= 1, readyTimeout, "give whole minutes, at least 1");
        return new ReturnOrder(
                Arguments.host("host", host),
                Duration.ofMinutes(readyTimeout),
                clearForcedDown,
                runUnconfirmed,
                bringHome,
                Manifest.read("manifest", manifest),
                dryRun,
                canary(),
                by);
    }
}
