package io.jenkins.plugins.nova.simulator;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** How a hypervisor treats one server. Times are in seconds of the cloud's clock. */
public final class Behaviour {
    private final Map<Operation, String> failures = new EnumMap<>(Operation.class);
    private double liveSeconds = 2;
    private double coldSeconds = 1;
    private double spawnSeconds = 0.5;
    private boolean converges = true;
    private double postCopySeconds;
    private boolean inPasses;
    private double linkMib;
    private double dirtyMib;
    private double workingSetMib;
    private boolean disk;
    private double postCopyAfter = Double.POSITIVE_INFINITY;
    private boolean ignoresAbort;

    Behaviour() {}

    /** The operation raises on the host, with a message of its own. */
    public Behaviour fails(Operation operation) {
        return fails(operation, "told to fail " + operation.name().toLowerCase(Locale.ROOT));
    }

    /** The operation raises on the host with this message. */
    public Behaviour fails(Operation operation, String message) {
        failures.put(operation, message);
        return this;
    }

    /** The operation works again. */
    public Behaviour succeeds(Operation operation) {
        failures.remove(operation);
        return this;
    }

    /** How long a live migration copies. */
    public Behaviour liveSeconds(double seconds) {
        liveSeconds = seconds;
        return this;
    }

    /** How long a cold migration copies. */
    public Behaviour coldSeconds(double seconds) {
        coldSeconds = seconds;
        return this;
    }

    /** How long an evacuated server takes to spawn. */
    public Behaviour spawnSeconds(double seconds) {
        spawnSeconds = seconds;
        return this;
    }

    /** The guest dirties its memory faster than the link: a live migration ends only by force or abort. */
    public Behaviour neverConverges() {
        converges = false;
        return this;
    }

    /** Forcing a live migration to its end goes post-copy for so long, instead of pausing the guest. */
    public Behaviour postCopySeconds(double seconds) {
        postCopySeconds = seconds;
        return this;
    }

    /** Its memory is copied in passes at so many MiB a second, instead of within {@link #liveSeconds}; 0 for a dead link. */
    public Behaviour copiesAt(double mibPerSecond) {
        linkMib = mibPerSecond;
        converges = true;
        inPasses = true;
        return this;
    }

    /** While it is copied it dirties so many MiB a second, and never more than so many in one pass. May change meanwhile. */
    public Behaviour dirties(double mibPerSecond, double workingSet) {
        dirtyMib = mibPerSecond;
        workingSetMib = workingSet;
        return this;
    }

    /** Its local disk is copied first. */
    public Behaviour copiesDisk() {
        disk = true;
        return this;
    }

    /** The hypervisor goes post-copy by itself after so many seconds of copying. */
    public Behaviour postCopyAfter(double seconds) {
        postCopyAfter = seconds;
        return this;
    }

    /** Nova takes an abort of its live migration, and nothing comes of it. */
    public Behaviour ignoresAbort() {
        ignoresAbort = true;
        return this;
    }

    /** Null when the operation works. */
    String failureOf(Operation operation) {
        return failures.get(operation);
    }

    double liveSeconds() {
        return liveSeconds;
    }

    double coldSeconds() {
        return coldSeconds;
    }

    double spawnSeconds() {
        return spawnSeconds;
    }

    boolean converges() {
        return converges;
    }

    double postCopySeconds() {
        return postCopySeconds;
    }

    boolean inPasses() {
        return inPasses;
    }

    double linkMib() {
        return linkMib;
    }

    double dirtyMib() {
        return dirtyMib;
    }

    double workingSetMib() {
        return workingSetMib;
    }

    boolean disk() {
        return disk;
    }

    double postCopyAfter() {
        return postCopyAfter;
    }

    boolean ignoredAbort() {
        return ignoresAbort;
    }
}
