package io.jenkins.plugins.nova.simulator;

import java.util.Map;
import java.util.Set;

/** What a server's owner does to it: stop, start, pause, unpause, suspend, resume, rescue, reboot (always a hard one). */
final class PowerActions {
    private record Power(String record, Set<String> from, String task, String to, int powerState, String event) {}

    private static final Map<String, Power> ACTIONS = Map.of(
            "os-stop",
                    new Power("stop", Set.of("active", "error"), "powering-off", "stopped", 4, "compute_stop_instance"),
            "os-start", new Power("start", Set.of("stopped"), "powering-on", "active", 1, "compute_start_instance"),
            "pause", new Power("pause", Set.of("active"), "pausing", "paused", 3, "compute_pause_instance"),
            "unpause", new Power("unpause", Set.of("paused"), "unpausing", "active", 1, "compute_unpause_instance"),
            "suspend", new Power("suspend", Set.of("active"), "suspending", "suspended", 4, "compute_suspend_instance"),
            "resume", new Power("resume", Set.of("suspended"), "resuming", "active", 1, "compute_resume_instance"),
            "reboot",
                    new Power(
                            "reboot",
                            Set.of("active", "stopped", "paused", "suspended", "error"),
                            "rebooting_hard",
                            "active",
                            1,
                            "compute_reboot_instance"),
            "rescue",
                    new Power(
                            "rescue",
                            Set.of("active", "stopped", "error"),
                            "rescuing",
                            "rescued",
                            1,
                            "compute_rescue_instance"));

    private final World world;

    PowerActions(World world) {
        this.world = world;
    }

    boolean knows(String action) {
        return ACTIONS.containsKey(action);
    }

    Answer act(Call call, SimServer server, String name) {
        Power power = ACTIONS.get(name);
        ActionsApi.checkLock(call, server);
        ActionsApi.checkState(server, power.record, power.from, true);
        SimAction action = world.act(server, power.record, call.request().id(), call.user());
        SimAction.Event event = action.begin(power.event, server.host, world.now());
        world.state(server, server.vmState, power.task);
        world.time.after(0.3, () -> {
            if (world.exists(server) && world.hosts.get(server.host).running()) {
                server.powerState = power.powerState;
                world.state(server, power.to, null);
                action.succeed(event, world.now());
            }
        });
        return Answer.empty(202);
    }
}
