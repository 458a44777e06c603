package io.jenkins.plugins.nova.simulator;

/** A cinder-volume service. */
final class SimVolumeService {

    final String host;
    boolean disabled;
    /** Null until it was disabled with one; enabling leaves it. */
    String reason;

    boolean frozen;
    /** Whether its cinder-volume runs. */
    boolean runs = true;

    SimVolumeService(String host) {
        this.host = host;
    }
}
