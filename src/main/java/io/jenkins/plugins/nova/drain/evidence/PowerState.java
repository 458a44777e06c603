package io.jenkins.plugins.nova.drain.evidence;

/** Nova's power states in words (nova/compute/power_state.py). */
final class PowerState {

    private PowerState() {}

    static String words(int state) {
        return switch (state) {
            case 0 -> "no state";
            case 1 -> "running";
            case 3 -> "paused";
            case 4 -> "shut down";
            case 6 -> "crashed";
            case 7 -> "suspended";
            default -> "power state " + state;
        };
    }
}
