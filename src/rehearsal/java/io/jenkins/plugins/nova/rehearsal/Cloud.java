package io.jenkins.plugins.nova.rehearsal;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.jenkins.plugins.nova.cloud.ClientCloud;
import io.jenkins.plugins.nova.cloud.ClientProxies;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.cloud.FirstLogin;
import io.jenkins.plugins.nova.cloud.NovaCloud;
import io.jenkins.plugins.nova.cloud.StandIn;
import io.jenkins.plugins.nova.rehearsal.time.JumpingTime;
import io.jenkins.plugins.nova.rehearsal.time.TwinThreads;
import io.jenkins.plugins.nova.simulator.CloudFile;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;

/**
 * The only cloud of a rehearsal: a simulated one, or the one that OS_* variables name. Every name that the Jenkinsfile has for a
 * cloud, and for a credential of its steps, stands for it, unless {@code -Dclouds} says which there are.
 */
final class Cloud implements AutoCloseable {

    private final CloudFixture configuration;
    private final SimulatedCloud simulated;
    private final ProxySelector proxies;
    private final String description;
    private final List<String> secrets;
    private final JumpingTime time;

    private Cloud(
            CloudFixture configuration,
            SimulatedCloud simulated,
            ProxySelector proxies,
            String description,
            List<String> secrets,
            JumpingTime time) {
        this.configuration = configuration;
        this.simulated = simulated;
        this.proxies = proxies;
        this.description = description;
        this.secrets = secrets;
        this.time = time;
    }

    /**
     * Configures the cloud; a real one is logged in to.
     *
     * @param choice which one
     * @param names of clouds, each with the id of its credential or an empty text; empty for all that the Jenkinsfile uses
     * @param jenkinsfile its text
     * @throws IllegalArgumentException if a variable that is needed is missing or wrong, or the cloud cannot be reached
     */
    static Cloud open(
            CloudChoice choice, Map<String, String> names, String jenkinsfile, UnaryOperator<String> environment) {
        if (choice.real()) {
            return ofEnvironment(names, jenkinsfile, environment);
        }
        if (!choice.rack() && choice.file().isEmpty() && choice.speed().isEmpty()) {
            return of(SimulatedCloud.rehearsal(), names, jenkinsfile);
        }
        double speed = choice.speed().orElse(Double.POSITIVE_INFINITY);
        Instant now = Instant.now();
        if (choice.rack()) {
            After rack = new After(" in the aggregate rack7", "Its moves take what a plan assumes.\n");
            return of(SimulatedCloud.rack(now), names, jenkinsfile, rack, speed);
        }
        if (choice.file().isEmpty()) {
            return of(SimulatedCloud.rehearsal(now), names, jenkinsfile, new After("", ""), speed);
        }
        Path file = choice.file().get();
        CloudFile twin;
        try {
            twin = CloudFile.parse(String.valueOf(file.getFileName()), CloudChoice.text(file));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("-Dcloud: " + wrong.getMessage(), wrong);
        }
        String rates = twin.tellsRates()
                ? "Its moves take what the file's rates say.\n"
                : "The file has no rates: its moves take what a plan assumes.\n";
        return of(twin.describe(now).start(), names, jenkinsfile, new After(" after " + file, rates), speed);
    }

    /** What a cloud is made after, in words. */
    private record After(String which, String rates) {}

    /** Configures a simulated cloud, which is closed with this one. */
    static Cloud of(SimulatedCloud simulated) {
        return of(simulated, Map.of(), "");
    }

    static Cloud of(SimulatedCloud simulated, Map<String, String> names, String jenkinsfile) {
        return of(simulated, names, jenkinsfile, null, 0);
    }

    /** @param after what it is made after; null for a cloud whose time passes without us */
    private static Cloud of(
            SimulatedCloud simulated, Map<String, String> names, String jenkinsfile, After after, double speed) {
        Map<String, String> variables = simulated.environment("admin");
        CloudFixture configuration = CloudFixture.begin();
        String said = configured(
                configuration,
                "simulated",
                name -> {
                    NovaCloud cloud = new NovaCloud(name, variables.get("OS_AUTH_URL"));
                    cloud.setRegion(variables.get("OS_REGION_NAME"));
                    return cloud;
                },
                id -> CloudFixture.password(
                        id,
                        variables.get("OS_USERNAME"),
                        variables.get("OS_PASSWORD"),
                        variables.get("OS_PROJECT_NAME")),
                names,
                jenkinsfile);
        return new Cloud(
                configuration,
                simulated,
                null,
                described(simulated, after, speed) + said,
                List.of(variables.get("OS_PASSWORD")),
                after == null ? null : new JumpingTime(simulated, speed));
    }

    private static Cloud ofEnvironment(
            Map<String, String> names, String jenkinsfile, UnaryOperator<String> environment) {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ClientProxies(environment));
        try {
            ClientCloud client = ClientCloud.ofEnvironment(environment, Path.of(""));
            FirstLogin login = FirstLogin.at(client);
            CloudFixture configuration = CloudFixture.begin();
            String said = configured(configuration, "env", client::under, login::credentials, names, jenkinsfile);
            String notes =
                    client.notes().stream().map(note -> "\n" + note + ".").collect(Collectors.joining());
            return new Cloud(
                    configuration,
                    null,
                    before,
                    "the cloud at " + client.url() + " " + login.who()
                            + ": it is real, and the steps really move servers there." + said + notes,
                    client.secrets(),
                    null);
        } catch (IllegalArgumentException wrong) {
            ProxySelector.setDefault(before);
            throw new IllegalArgumentException("-Dcloud=env: " + wrong.getMessage(), wrong);
        }
    }

    /** Names it; what of that an operator should know. */
    private static String configured(
            CloudFixture configuration,
            String otherwise,
            Function<String, NovaCloud> clouds,
            Function<String, StandardCredentials> credentials,
            Map<String, String> names,
            String jenkinsfile) {
        StandIn all = new StandIn(configuration, clouds, credentials, names.isEmpty());
        NamedClouds named = names.isEmpty()
                ? NamedClouds.of(
                        jenkinsfile,
                        step -> StepDescriptor.all().stream()
                                .anyMatch(each -> each.getFunctionName().equals(step)))
                : new NamedClouds(
                        new TreeSet<>(names.keySet()),
                        names.values().stream()
                                .filter(id -> !id.isEmpty())
                                .collect(Collectors.toCollection(TreeSet::new)));
        all.begin(otherwise, named.clouds(), named.credentials());
        return said("cloud", named.clouds()) + said("credential", named.credentials());
    }

    private static String said(String what, Set<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        return "\nIt stands for the " + what + (names.size() == 1 ? " '" : "s '") + String.join("', '", names)
                + "' of the Jenkinsfile.";
    }

    private static String described(SimulatedCloud simulated, After after, double speed) {
        String size =
                simulated.hosts().size() + " hosts and " + simulated.servers().size() + " servers";
        if (after == null) {
            return "a simulated cloud of " + size + "; no real cloud is touched.\n"
                    + "Time is simulated too: what would take a real cloud the minutes that the plan forecasts takes seconds"
                    + " here.";
        }
        String times = speed == Math.rint(speed) ? String.valueOf((long) speed) : String.valueOf(speed);
        String pace = Double.isInfinite(speed)
                ? "jumps to what happens next"
                : "passes " + times + " times as fast as real time";
        return "a simulated cloud of " + size + after.which() + "; no real cloud is touched.\n" + after.rates()
                + "Its time " + pace
                + ": the times below are the cloud's. It stands still for a person, and for a command that really runs.";
    }

    /** What cloud it is, for the operator. */
    String description() {
        return description;
    }

    /** What must not be shown. */
    List<String> secrets() {
        return secrets;
    }

    /** The time of a cloud whose time has to be let pass; empty for one whose time passes without us. */
    Optional<JumpingTime> time() {
        return Optional.ofNullable(time);
    }

    /** Has drains go by its time and look at its guests; a real cloud's by the real time at the real ones. */
    void drive() {
        if (simulated == null) {
            TwinThreads.driveReal();
        } else {
            TwinThreads.drive(time, simulated);
        }
    }

    @Override
    public void close() {
        if (time != null) {
            time.close();
        }
        configuration.close();
        if (simulated != null) {
            simulated.close();
        }
        if (proxies != null) {
            ProxySelector.setDefault(proxies);
        }
    }
}
