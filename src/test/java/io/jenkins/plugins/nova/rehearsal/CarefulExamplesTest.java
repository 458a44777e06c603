package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Each example with what goes wrong at night: it ends as a careful operator wants it to, and says why. */
@RunWith(Parameterized.class)
public class CarefulExamplesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** What is wrong. */
    private enum Fault {
        /** There is no such host. */
        HOST(Map.of("HOST", "compute9", "HOSTS", "compute9"), "no compute service on a host called exactly 'compute9'"),
        /** There is no such server. */
        SERVER(Map.of("SERVERS", "web9"), "no server with the id or exact name 'web9'"),
        /** Keystone does not take the password. */
        CREDENTIAL(Map.of(), "Fix the credential, or name another one (parameter credentialsId)."),
        /** One server cannot be moved; the other can. */
        BLOCKED(Map.of(), "asleep");

        private final Map<String, String> parameters;
        private final String words;

        Fault(Map<String, String> parameters, String words) {
            this.parameters = parameters;
            this.words = words;
        }
    }

    private final String example;
    private final Fault fault;
    private final Ending ending;

    public CarefulExamplesTest(String example, Fault fault, Ending ending) {
        this.example = example;
        this.fault = fault;
        this.ending = ending;
    }

    @Parameters(name = "{0}, {1}")
    public static List<Object[]> table() {
        return List.of(
                row("host-maintenance.Jenkinsfile", Fault.HOST, Ending.FAILURE),
                row("host-maintenance.Jenkinsfile", Fault.CREDENTIAL, Ending.FAILURE),
                row("host-maintenance.Jenkinsfile", Fault.BLOCKED, Ending.FAILURE),
                row("nightly-window.Jenkinsfile", Fault.HOST, Ending.FAILURE),
                row("nightly-window.Jenkinsfile", Fault.CREDENTIAL, Ending.FAILURE),
                row("nightly-window.Jenkinsfile", Fault.BLOCKED, Ending.FAILURE),
                row("rolling-aggregate.Jenkinsfile", Fault.HOST, Ending.FAILURE),
                row("rolling-aggregate.Jenkinsfile", Fault.CREDENTIAL, Ending.FAILURE),
                row("rolling-aggregate.Jenkinsfile", Fault.BLOCKED, Ending.FAILURE),
                row("rescue-dead-host.Jenkinsfile", Fault.HOST, Ending.FAILURE),
                row("rescue-dead-host.Jenkinsfile", Fault.CREDENTIAL, Ending.FAILURE),
                row("confirm-with-evidence.Jenkinsfile", Fault.HOST, Ending.FAILURE),
                row("confirm-with-evidence.Jenkinsfile", Fault.CREDENTIAL, Ending.FAILURE),
                row("balance-hot-host.Jenkinsfile", Fault.SERVER, Ending.FAILURE),
                row("balance-hot-host.Jenkinsfile", Fault.CREDENTIAL, Ending.FAILURE),
                row("balance-hot-host.Jenkinsfile", Fault.BLOCKED, Ending.UNSTABLE),
                row("shared-library/vars/drainedHost.groovy", Fault.HOST, Ending.FAILURE),
                row("shared-library/vars/drainedHost.groovy", Fault.CREDENTIAL, Ending.FAILURE),
                row("shared-library/vars/drainedHost.groovy", Fault.BLOCKED, Ending.FAILURE));
    }

    private static Object[] row(String example, Fault fault, Ending ending) {
        return new Object[] {example, fault, ending};
    }

    private static CloudBuilder builder(Fault fault) {
        CloudBuilder builder = SimulatedCloud.builder()
                .realTime(20)
                .host("compute2")
                .host("compute1")
                .server("web1");
        return fault == Fault.BLOCKED || fault == Fault.CREDENTIAL
                ? builder.server("asleep", server -> server.status("SUSPENDED"))
                : builder;
    }

    @Test
    public void endsAsACarefulOperatorWants() throws Exception {
        try (SimulatedCloud cloud = builder(fault).start();
                CloudFixture configuration = CloudFixture.begin()) {
            var env = cloud.environment("admin");
            String password = fault == Fault.CREDENTIAL ? "wrong" : env.get("OS_PASSWORD");
            configuration
                    .credential(CloudFixture.password("sim", "admin", password, env.get("OS_PROJECT_NAME")))
                    .cloud("sim", URI.create(env.get("OS_AUTH_URL")), env.get("OS_REGION_NAME"), "sim");
            Rehearsed pipeline = new Rehearsed(folder.getRoot()).answer(true);
            String text = Files.readString(Path.of("docs/examples").resolve(example));
            Map<String, String> parameters = new TreeMap<>(fault.parameters);
            parameters.putIfAbsent("SERVERS", "web1, asleep");
            parameters.forEach((name, value) -> {
                if (text.contains("name: '" + name + "'")) {
                    pipeline.parameter(name, value);
                }
            });
            String script = text;
            if (example.endsWith(".groovy")) {
                String host = fault.parameters.getOrDefault("HOST", "compute1");
                script += "\ncall(host: '" + host + "') { echo 'patched' }\n";
            }
            assertEquals(pipeline.console(), ending, pipeline.run(script));
            assertTrue(pipeline.console(), pipeline.console().contains(fault.words));
            if (fault != Fault.BLOCKED) {
                assertEquals(List.of(), cloud.audit().changes());
            }
        }
    }
}
