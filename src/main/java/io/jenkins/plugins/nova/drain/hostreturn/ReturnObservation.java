package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.NetworkAgent;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.observe.CanaryFlavor;
import io.jenkins.plugins.nova.drain.observe.ServerLookup;
import io.jenkins.plugins.nova.drain.observe.SettingsReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one tick of a host's return read of the cloud: three lists at most, and once each server that left. Parts that the
 * phase does not need are empty.
 *
 * @param service the host's compute service; null when there is none
 * @param hypervisors those of the host: one, or for ironic several
 * @param evacuated evacuations off the host whose old copies are still there (status done)
 * @param servers those that left, by id; without the deleted ones
 * @param canary what was read of the canary
 * @param onHost the servers on the host before its body, each read alone
 * @param noCanary why one that is wanted could not be booted; null when it may be, none is, or that was asked before
 * @param settings what stands beside Nova and is to be put back, or carries a claim of this plugin's
 * @param setAside rows of lists that could not be read wholly
 * @param agents Neutron's agents of the host; null when not asked, or not told
 * @param agentsUnread why they were not told, where that may pass; null for nothing
 * @param told why the service is disabled, as it may be told; null for nothing
 */
record ReturnObservation(
        ComputeService service,
        List<Hypervisor> hypervisors,
        List<Migration> evacuated,
        Map<String, Server> servers,
        CanaryObservation canary,
        List<Server> onHost,
        String noCanary,
        SettingsReader.Read settings,
        List<OddRow> setAside,
        List<NetworkAgent> agents,
        String agentsUnread,
        String told) {

    /**
     * Reads what the state's phase needs.
     *
     * @throws NovaException when something could not be read
     */
    static ReturnObservation of(ReturnState state, Nova nova, Holders holders) {
        String host = state.order().host();
        List<OddRow> setAside = new ArrayList<>();
        boolean sizes = state.phase() == ReturnPhase.SURVEY || state.phase() == ReturnPhase.WAIT;
        List<Hypervisor> hypervisors = sizes
                ? noted(nova.hypervisors(), setAside).stream()
                        .filter(one -> one.host().equals(host))
                        .toList()
                : List.of();
        List<Migration> evacuated = state.phase() == ReturnPhase.WAIT
                ? noted(nova.migrations(MigrationQuery.from(host).inStatus("done")), setAside)
                : List.of();
        CanaryObservation canary =
                CanaryObservation.of(state.phase() == ReturnPhase.CANARY ? state.canary() : null, nova);
        boolean begins = state.phase() == ReturnPhase.WAIT && state.report() == null;
        String noCanary =
                begins ? CanaryFlavor.refusal(state.order().canary(), nova).orElse(null) : null;
        Map<String, Server> servers = new HashMap<>();
        if (state.phase() == ReturnPhase.MUSTER) {
            state.manifest()
                    .forEach(left ->
                            ServerLookup.find(nova, left.id()).ifPresent(server -> servers.put(left.id(), server)));
        }
        List<Server> onHost = state.phase() == ReturnPhase.SURVEY
                ? noted(nova.serversOn(host), setAside).stream()
                        .flatMap(listed -> ServerLookup.find(nova, listed.id()).stream())
                        .filter(alone -> alone.host() == null || host.equals(alone.host()))
                        .toList()
                : List.of();
        // read last, for others may open the host at any moment; and a cell may be left out of one list and not of the
        // next
        Optional<ComputeService> service =
                service(nova, host, setAside).filter(ComputeService::known).or(() -> service(nova, host, setAside));
        boolean changes = state.phase() == ReturnPhase.UNCORDON || state.phase() == ReturnPhase.MARK;
        if (changes && service.filter(one -> !one.known()).isPresent()) {
            throw new NovaException.Unintelligible(
                    "list the compute services: the cell of '" + host
                            + "' does not answer, so Nova cannot tell whether its"
                            + " service is enabled (status UNKNOWN)",
                    null);
        }
        Agents agents = agents(state, nova);
        setAside.addAll(canary.named().setAside());
        setAside.addAll(canary.actions().setAside());
        return new ReturnObservation(
                service.orElse(null),
                hypervisors,
                evacuated,
                servers,
                canary,
                onHost,
                noCanary,
                beside(state, nova, service.map(ComputeService::disabledReason).orElse(null), holders),
                setAside,
                agents.listed(),
                agents.unread(),
                service.map(ComputeService::disabledReason).map(holders::told).orElse(null));
    }

    private record Agents(List<NetworkAgent> listed, String unread) {}

    /** Before the block, right after it, and once nova-compute lives again: a reboot may take long. */
    private static Agents agents(ReturnState state, Nova nova) {
        if (state.agents() == null) {
            return new Agents(null, null);
        }
        boolean asks = state.phase() == ReturnPhase.SURVEY
                || state.phase() == ReturnPhase.WAIT
                        && (state.agents().heard() == null
                                || state.reports() >= Readiness.REPORTS
                                || state.order().dryRun());
        if (!asks) {
            return new Agents(null, null);
        }
        try {
            return new Agents(nova.networkAgents(state.order().host()), null);
        } catch (NovaException e) {
            // what was never told stays so, and that was said; what was told before the block is missed
            boolean missed = state.agents().before() != null || passes(e);
            return new Agents(null, missed ? e.getMessage() : null);
        }
    }

    private static boolean passes(NovaException e) {
        return e instanceof NovaException.Refused refused
                ? refused.status() >= 500 || refused.throttled()
                : !(e instanceof NovaException.Missing || e instanceof NovaException.NotAuthenticated);
    }

    private static SettingsReader.Read beside(ReturnState state, Nova nova, String disabledReason, Holders holders) {
        String host = state.order().host();
        if (state.phase() == ReturnPhase.BESIDE) {
            return SettingsReader.of(nova, host, state.settings(), true);
        }
        // once it is fit, and not at each look of a wait that may be long
        boolean seeks = state.phase() == ReturnPhase.WAIT && state.fit() && state.claims();
        return seeks ? SettingsReader.claimed(nova, host, disabledReason, holders) : SettingsReader.Read.NOTHING;
    }

    private static Optional<ComputeService> service(Nova nova, String host, List<OddRow> setAside) {
        return noted(nova.computeServices(), setAside).stream()
                .filter(one -> one.host().equals(host))
                .findFirst();
    }

    private static <T> List<T> noted(Listed<T> list, List<OddRow> setAside) {
        setAside.addAll(list.setAside());
        return list;
    }

    /** Whether an evacuation off the host may be hidden in a row that could not be read. */
    boolean uncertain() {
        return setAside.stream().anyMatch(row -> row.kind() == OddRow.Kind.MIGRATION);
    }
}
