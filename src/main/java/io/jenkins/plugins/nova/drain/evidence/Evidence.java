package io.jenkins.plugins.nova.drain.evidence;

import io.jenkins.plugins.nova.api.ServerPort;
import io.jenkins.plugins.nova.drain.text.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was seen of a server in VERIFY_RESIZE before it is confirmed.
 *
 * @param host where it is now
 * @param guestRuns whether its hypervisor sees the guest run; null when that could not be asked
 * @param powerState the power state that Nova noted last, see {@link io.jenkins.plugins.nova.api.Server}
 * @param ranBefore whether it ran before it was moved; null when nothing tells
 * @param ports as Nova passes them on from Neutron
 * @param volumes ids of its volumes
 * @param bootsFromVolume whether one of them is its root disk
 * @param moved when its migration was finished; null when not told
 * @param seen when this was looked at
 * @param console the end of its guest's console; empty when not asked for, or not to be had
 * @param unread what could not be read, and why
 */
public record Evidence(
        String host,
        Boolean guestRuns,
        int powerState,
        Boolean ranBefore,
        List<ServerPort> ports,
        List<String> volumes,
        boolean bootsFromVolume,
        Instant moved,
        Instant seen,
        String console,
        List<String> unread) {

    private static final int RUNNING = 1;
    private static final int SHUT_DOWN = 4;
    private static final int CRASHED = 6;

    /** How often Nova notes power states unless told otherwise (sync_power_state_interval). */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(10);

    public Evidence {
        ports = ports == null ? List.of() : List.copyOf(ports);
        volumes = volumes == null ? List.of() : List.copyOf(volumes);
        unread = unread == null ? List.of() : List.copyOf(unread);
    }

    /** Whether the guest runs now, as far as anybody tells. */
    boolean runs() {
        return guestRuns != null ? guestRuns : powerState == RUNNING;
    }

    /** What speaks against a confirm; empty when nothing does. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        if (!runs()) {
            if (powerState == CRASHED) {
                faults.add("its guest has crashed on " + host);
            } else if (Boolean.TRUE.equals(ranBefore)) {
                faults.add("it ran before it was moved, and its guest does not run on " + host);
            } else if (powerState != SHUT_DOWN) {
                faults.add("its guest does not run on " + host + ", and was not shut down ("
                        + PowerState.words(powerState) + ")");
            }
        } else {
            ports.stream()
                    .filter(port -> List.of("DOWN", "BUILD", "ERROR").contains(port.state()))
                    .forEach(port -> faults.add("its port " + words(port) + " although its guest runs"));
        }
        if (bootsFromVolume && volumes.isEmpty()) {
            faults.add("it boots from a volume, and Nova shows none attached");
        }
        return faults;
    }

    /** Whole seconds since the move was finished; -1 when Nova does not tell. */
    public long secondsSinceMove() {
        return moved == null ? -1 : Math.max(0, Duration.between(moved, seen).toSeconds());
    }

    /** {@code running}, {@code not running}, and whence that is known. */
    public String guest() {
        if (guestRuns != null) {
            return guestRuns ? "running" : "not running";
        }
        boolean stale = secondsSinceMove() < NOTED_EVERY.toSeconds();
        return PowerState.words(powerState) + " as Nova noted last" + (stale ? ", perhaps before the move" : "");
    }

    /** All of it in a line, but for the console. */
    public String words() {
        List<String> parts = new ArrayList<>();
        parts.add("guest " + guest() + " on " + host);
        if (!runs() && powerState != CRASHED && !Boolean.TRUE.equals(ranBefore)) {
            parts.add(
                    ranBefore == null
                            ? "whether it ran before the move is not known"
                            : "it was shut off before the move, too");
        }
        ports.forEach(port -> parts.add("port " + words(port)));
        if (!volumes.isEmpty()) {
            parts.add(volumes.size() == 1 ? "1 volume" : volumes.size() + " volumes");
        }
        if (moved != null) {
            parts.add("moved " + Quantity.time(Duration.ofSeconds(secondsSinceMove())) + " ago");
        }
        parts.addAll(unread);
        return String.join("; ", parts);
    }

    private static String words(ServerPort port) {
        String where = port.addresses().isEmpty() ? port.id() : String.join(", ", port.addresses());
        return where + " is " + port.state();
    }

    /** Not the console. */
    @Override
    public String toString() {
        return words();
    }
}
