package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Drained;
import io.jenkins.plugins.nova.drain.HostOutcome;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOrder;
import io.jenkins.plugins.nova.drain.maintenance.Maintenance;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.drain.tell.StepResult;
import io.jenkins.plugins.nova.plan.Route;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

/** The help of a step names each key of the map that the step returns. */
public class ResultHelpTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static Map<Class<?>, Set<String>> keys() {
        DrainState host =
                Drained.with(Drained.drain(Orders.empty("compute1")), edit -> edit.outcome = HostOutcome.DONE);
        DrainState servers =
                Drained.with(Drained.drain(Orders.of(Route.BY_STATE)), edit -> edit.outcome = HostOutcome.DONE);
        ReturnOrder back = new ReturnOrder(
                "compute1", Duration.ofMinutes(20), true, false, false, List.of(), false, null, "ops#1", null);
        MaintenanceState maintenance =
                MaintenanceState.begin(back, host.order(), servers.order(), NOW).draining(host);
        MaintenanceState returning = MaintenanceState.beginReturn(back, servers.order(), NOW);
        Map<Class<?>, Set<String>> keys = new LinkedHashMap<>();
        keys.put(NodeEvacuateStep.class, StepResult.ofHost(host).keySet());
        keys.put(MaintenancePlanStep.class, StepResult.ofPlan(host).keySet());
        keys.put(NodeMaintenanceStep.class, Maintenance.result(maintenance).keySet());
        keys.put(NodeReturnStep.class, Maintenance.result(returning).keySet());
        keys.put(LiveMigrateStep.class, StepResult.of(servers).keySet());
        keys.put(ColdMigrateStep.class, StepResult.of(servers).keySet());
        keys.put(ConfirmResizeStep.class, StepResult.of(host).keySet());
        keys.put(RevertResizeStep.class, StepResult.of(host).keySet());
        return keys;
    }

    @Test
    public void theHelpNamesWhatIsReturned() throws IOException {
        for (Map.Entry<Class<?>, Set<String>> step : keys().entrySet()) {
            String help;
            try (InputStream in =
                    step.getKey().getResourceAsStream(step.getKey().getSimpleName() + "/help.html")) {
                help = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            String returned = help.substring(help.indexOf("Returns"));
            for (String key : step.getValue()) {
                assertTrue(
                        step.getKey().getSimpleName() + " returns " + key + ", and its help does not say so",
                        returned.contains("<code>" + key + "</code>"));
            }
        }
    }
}
