package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.Groups;
import io.jenkins.plugins.nova.rehearsal.Settle;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The access rules of docs/security.md are those that each step needs: held against what the simulated cloud was asked. */
public class AccessRulesTest {

    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Path DOCUMENT = Path.of("docs/security.md");
    private static final Path RULES = Path.of("docs/examples/access-rules.json");
    private static final Path CANARY_RULES = Path.of("docs/examples/access-rules-canary.json");
    private static final Path NAME_RULES = Path.of("docs/examples/access-rules-names.json");
    private static final String CANARY = "nodeReturn, canary";

    /** In the table: always asked; asked in trouble alone (lost answers, time-outs, aborts), or where the cloud calls for it. */
    private static final String ALWAYS = "yes";

    private static final String SOMETIMES = "maybe";

    /** For the names of projects and owners, without which the step shows ids. */
    private static final String NAMES = "names";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private CloudFixture clouds;
    private StepRunner runner;
    private SimulatedCloud cloud;

    @Before
    public void begin() {
        clouds = CloudFixture.begin();
        runner = new StepRunner(folder.getRoot());
    }

    @After
    public void end() {
        runner.close();
        clouds.close();
        cloud.close();
    }

    /** A rule as Keystone has it, and the steps that need it. */
    private record Line(String service, String method, String path, Map<String, String> steps) {

        boolean covers(AuditEntry asked) {
            String pattern = Arrays.stream(path.replaceFirst("^/v[0-9.]+", "").split("\\*", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining("[^/]+"));
            return service.equals(asked.service())
                    && method.equals(asked.method())
                    && asked.path().matches(pattern);
        }
    }

    private static List<Line> table() throws Exception {
        List<List<String>> rows = Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.startsWith("| service |"))
                .takeWhile(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("|-"))
                .map(line -> Arrays.stream(
                                line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                        .map(cell -> cell.strip().replace("`", ""))
                        .toList())
                .toList();
        List<String> head = rows.get(0);
        List<Line> lines = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            Map<String, String> steps = new LinkedHashMap<>();
            for (int i = 3; i < row.size(); i++) {
                steps.put(head.get(i), row.get(i));
            }
            lines.add(new Line(row.get(0), row.get(1), row.get(2), steps));
        }
        return lines;
    }

    private void start(CloudBuilder builder) {
        cloud = builder.user("operator", "s3cr3t", "ops", "admin")
                .startingAt(Instant.now())
                .start();
        runner.in(DrivenTime.of(cloud));
        clouds.credential(CloudFixture.password("openstack", "operator", "s3cr3t", "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
    }

    private static CloudBuilder threeHosts() {
        return SimulatedCloud.builder()
                .host("compute2")
                .host("compute3")
                .host("compute1")
                .server("web1")
                .server("web2")
                .server("off1", server -> server.status("SHUTOFF"))
                .server("off2", server -> server.status("SHUTOFF"));
    }

    /** Runs a step and holds what it asked against its column. */
    private void assertAsks(String column, Step step) throws Exception {
        int before = cloud.audit().entries().size();
        runner.start(step).value(BOUND);
        List<AuditEntry> asked = cloud.audit().since(before).stream()
                .filter(entry -> !entry.path().equals("/auth/tokens"))
                .toList();
        Set<String> wrong = new TreeSet<>();
        for (AuditEntry entry : asked) {
            boolean allowed = table().stream()
                    .anyMatch(line ->
                            line.covers(entry) && !line.steps().get(column).isEmpty());
            if (!allowed) {
                wrong.add("asked without a rule: " + entry.service() + " " + entry.method() + " " + entry.path());
            }
        }
        for (Line line : table()) {
            // a name that an earlier step of the session has read is not asked for again
            List<AuditEntry> enough =
                    NAMES.equals(line.steps().get(column)) ? cloud.audit().entries() : asked;
            boolean needed = Set.of(ALWAYS, NAMES).contains(line.steps().get(column));
            if (needed && enough.stream().noneMatch(line::covers)) {
                wrong.add("a rule that is not needed: " + line.service() + " " + line.method() + " " + line.path());
            }
        }
        assertEquals(column, "", String.join("\n", wrong));
    }

    @Test
    public void stepsOnServers() throws Exception {
        start(threeHosts());
        assertAsks("liveMigrate", new LiveMigrateStep("web1"));
        assertAsks("coldMigrate", new ColdMigrateStep(List.of("off1", "off2")));
        assertAsks("confirmResize", Settle.confirm("off1"));
        assertAsks("revertResize", Settle.revert("off2"));
    }

    @Test
    public void aLivingHost() throws Exception {
        start(threeHosts());
        assertAsks("maintenancePlan", new MaintenancePlanStep("compute1"));
        NodeEvacuateStep step = new NodeEvacuateStep("compute1");
        step.setConfirm("auto");
        assertAsks("nodeEvacuate", step);
        NodeReturnStep back = new NodeReturnStep("compute1");
        assertAsks("nodeReturn", back);
    }

    @Test
    public void hostsThatAreListed() throws Exception {
        start(threeHosts());
        assertAsks("hosts", new HostsStep());
        RollPlanStep roll = new RollPlanStep();
        roll.setZone("nova");
        assertAsks("rollPlan", roll);
    }

    @Test
    public void aHostThatIsTriedWithACanary() throws Exception {
        start(SimulatedCloud.builder()
                .host("compute2")
                .host("compute1", host -> host.disabled("nova-maintenance: ops/patch#11")));
        NodeReturnStep step = new NodeReturnStep("compute1");
        step.setCanary(Groups.canary("11111111-1111-4111-8111-111111111111", "1", null));
        assertAsks(CANARY, step);
    }

    @Test
    public void aDeadHost() throws Exception {
        start(SimulatedCloud.builder()
                .host("compute2")
                .host("compute1", host -> host.down())
                .server("db1", server -> server.volumeBacked()));
        NodeEvacuateStep step = new NodeEvacuateStep("compute1");
        step.setDeadHost(Groups.deadHost(true, null));
        assertAsks("nodeEvacuate, dead host", step);
    }

    @Test
    public void theFilesOfRulesAreTheTable() throws Exception {
        start(threeHosts());
        Set<String> usual = new TreeSet<>();
        Set<String> canary = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        for (Line line : table()) {
            line.steps()
                    .forEach((step, word) -> assertTrue(
                            step + " of " + line + ": " + word,
                            Set.of("", ALWAYS, SOMETIMES, NAMES).contains(word)));
            boolean forCanaryAlone = line.steps().entrySet().stream()
                    .allMatch(step -> step.getValue().isEmpty() || step.getKey().equals(CANARY));
            boolean forNamesAlone =
                    line.steps().values().stream().allMatch(word -> word.isEmpty() || word.equals(NAMES));
            (forCanaryAlone ? canary : forNamesAlone ? names : usual)
                    .add(line.service() + " " + line.method() + " " + line.path());
        }
        assertEquals(usual, written(RULES));
        assertEquals("no drain may delete a server", canary, written(CANARY_RULES));
        assertEquals("nobody need let a credential read users", names, written(NAME_RULES));
    }

    private static Set<String> written(Path file) throws Exception {
        Set<String> rules = new TreeSet<>();
        for (JsonNode rule : new ObjectMapper().readTree(file.toFile())) {
            rules.add(rule.get("service").asText() + " " + rule.get("method").asText() + " "
                    + rule.get("path").asText());
        }
        return rules;
    }
}
