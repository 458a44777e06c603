package io.jenkins.plugins.nova.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A server's record. The status is not stored: Nova derives it from vm_state and task_state. */
final class SimServer {
    /** A fault as an ERROR server shows it. */
    record Fault(String message, Instant created) {}

    final int number;
    final String id;
    final String name;
    final SimUser owner;
    /** A resize changes it. */
    SimFlavor flavor;

    final Behaviour behaviour = new Behaviour();
    final List<String> volumes = new ArrayList<>();
    final List<SimPort> ports = new ArrayList<>();
    final List<String> shares = new ArrayList<>();
    final List<String> tags = new ArrayList<>();
    final Map<String, String> metadata = new TreeMap<>();
    final Map<String, String> imageProperties = new TreeMap<>();
    final Instant created;
    /** Null when it boots from a volume. */
    String imageId = World.IMAGE;

    String vmState = "active";
    String taskState;
    int powerState = 1;
    String console = "simulated guest\nbooted\nlogin:\n";
    String host;
    String pinnedZone;
    boolean configDrive;
    boolean locked;
    String lockedReason;
    Fault fault;
    Instant updated;
    Instant launched;
    int progress;
    /** Its guest has stopped, and Nova has not looked since. */
    boolean guestDied;

    /** Until when its guest takes no connections though it runs; null when it does. */
    Instant silentUntil;

    /** Since when its guest is down for a move's sake; null when it is not. */
    private Instant down;

    private Duration downtime = Duration.ZERO;

    SimServer(int number, String id, String name, SimUser owner, SimFlavor flavor, Instant created) {
        this.number = number;
        this.id = id;
        this.name = name;
        this.owner = owner;
        this.flavor = flavor;
        this.created = created;
        this.updated = created;
        this.launched = created;
    }

    /** What its hypervisor sees, as against what Nova noted last. */
    boolean guestRuns() {
        return powerState == 1 && !guestDied;
    }

    /** Whether it takes connections. */
    boolean answers(Instant now) {
        return guestRuns() && down == null && (silentUntil == null || !now.isBefore(silentUntil));
    }

    /** A move, or the death of its host, takes its guest down, if it ran. */
    void guestDown(Instant now) {
        if (down == null && guestRuns()) {
            down = now;
        }
    }

    /** Its guest runs again. */
    void guestUp(Instant now) {
        downtime = downtime(now);
        down = null;
    }

    /** For how long its guest was down so far for the sake of moves. */
    Duration downtime(Instant now) {
        return down == null ? downtime : downtime.plus(Duration.between(down, now));
    }

    boolean bootsFromVolume() {
        return imageId == null;
    }

    /** Nova's status (nova/api/openstack/common.py, _STATE_MAP). */
    String status() {
        String task = taskState == null ? "" : taskState;
        boolean running = vmState.equals("active") || vmState.equals("stopped");
        if (running && (task.equals("resize_prep") || task.startsWith("resize_mig") || task.equals("resize_finish"))) {
            return "RESIZE";
        }
        if (task.startsWith("rebuild") && (running || vmState.equals("error"))) {
            return "REBUILD";
        }
        if (task.equals("migrating") && (vmState.equals("active") || vmState.equals("paused"))) {
            return "MIGRATING";
        }
        if (task.equals("rebooting_hard")) {
            return "HARD_REBOOT";
        }
        if (vmState.equals("resized")) {
            return task.equals("resize_reverting") ? "REVERT_RESIZE" : "VERIFY_RESIZE";
        }
        return switch (vmState) {
            case "active" -> "ACTIVE";
            case "building" -> "BUILD";
            case "stopped" -> "SHUTOFF";
            case "rescued" -> "RESCUE";
            case "soft-delete" -> "SOFT_DELETED";
            default -> vmState.toUpperCase(Locale.ROOT);
        };
    }
}
