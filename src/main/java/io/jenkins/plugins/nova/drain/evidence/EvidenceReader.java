package io.jenkins.plugins.nova.drain.evidence;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerPort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the evidence on one server in VERIFY_RESIZE: four requests, five with the console. What Nova refuses to tell is
 * said, and held against nobody; what cannot be had for other reasons fails the tick, which is tried again.
 */
public final class EvidenceReader {

    private static final int RUNNING = 1;

    /** Requests after which a guest runs; names of instance actions (nova/compute/instance_actions.py). */
    private static final Set<String> ON =
            Set.of("create", "start", "reboot", "unshelve", "resume", "restore", "unrescue", "unpause");

    private final Nova nova;
    private final EvidenceRule rule;
    private final Instant now;
    private final List<String> unread = new ArrayList<>();

    /** One instance reads one server. */
    public EvidenceReader(Nova nova, EvidenceRule rule, Instant now) {
        this.nova = nova;
        this.rule = rule;
        // held against when the cloud says that the server was moved
        this.now = now.plus(nova.clockOffset());
    }

    /**
     * @param server in VERIFY_RESIZE
     * @param migration that moved it; null when none is shown
     */
    public Evidence of(Server server, Migration migration) {
        Boolean runs = told("its guest", () -> nova.guestRuns(server.id()), null);
        Listed<ServerPort> ports = told("its ports", () -> nova.ports(server.id()), Listed.of(List.of()));
        ports.setAside().forEach(odd -> unread.add(odd.words()));
        Boolean before = told("its past", () -> ranBefore(server), Optional.<Boolean>empty())
                .orElse(null);
        String console = rule.consoleLines() == 0
                ? ""
                : told("its console", () -> nova.console(server.id(), rule.consoleLines()), "");
        return new Evidence(
                server.host(),
                runs,
                server.powerState(),
                before,
                ports,
                server.volumes(),
                server.bootsFromVolume(),
                migration == null ? null : migration.updated(),
                now,
                console,
                unread);
    }

    /**
     * Nova keeps what a server's state was before a resize in its system metadata (old_vm_state) and shows it to nobody.
     * Two things tell: the noted power state, which a move does not change, if it says running; and the last request
     * before the move that switched the guest on or off. A guest that shuts itself down has a stop, too, which Nova's
     * periodic look makes (nova/compute/manager.py, _sync_instance_power_state).
     */
    private Optional<Boolean> ranBefore(Server server) {
        if (server.powerState() == RUNNING) {
            return Optional.of(true);
        }
        boolean earlier = false;
        Listed<InstanceAction> actions = nova.actions(server.id());
        if (!actions.setAside().isEmpty()) {
            return Optional.empty();
        }
        for (InstanceAction action : actions) {
            if (action.action().equals("migrate") || action.action().equals("resize")) {
                earlier = true;
            } else if (earlier && action.action().equals("stop")) {
                return Optional.of(false);
            } else if (earlier && ON.contains(action.action())) {
                return Optional.of(true);
            } else if (earlier && action.action().equals("evacuate")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private <T> T told(String what, Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (NovaException.Refused e) {
            if (e.status() == 429 || e.status() == 413) {
                throw e;
            }
            unread.add(what + " could not be looked at: " + e.status()
                    + (e.novaMessage().isEmpty() ? "" : " " + e.novaMessage()));
            return otherwise;
        }
    }
}
