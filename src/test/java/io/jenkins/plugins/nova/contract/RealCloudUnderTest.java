package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.simulator.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A Nova in OS_*. With MINI_NOVA_HOME (set by mini-nova's openrc) its hosts can be killed and its hypervisors told to
 * be slow or to fail; elsewhere such tests are skipped. On another cloud than mini-nova the users BOSS, MEMBER and
 * STRANGER come from NOVA_CONTRACT_{role}_USERNAME, _PASSWORD and _PROJECT_NAME, flavors and image from
 * NOVA_CONTRACT_FLAVOR, NOVA_CONTRACT_OTHER_FLAVOR and NOVA_CONTRACT_IMAGE.
 */
final class RealCloudUnderTest extends CloudUnderTest {
    private static final Map<Role, String> USERS =
            Map.of(Role.BOSS, "boss", Role.MEMBER, "demo", Role.STRANGER, "tenant");

    /** A second cell is made in 15 s where nothing else is at work. */
    private static final int SCRIPT_SECONDS = 300;

    /** The network of mini-nova's Octavia is pretended. */
    private static final String ANY_SUBNET = "33333333-3333-4333-8333-333333333333";

    private final Map<String, String> env;
    private final ObjectNode control = Backstage.object();
    private final List<String> balancers = new ArrayList<>();

    RealCloudUnderTest(Map<String, String> env) {
        this.env = env;
    }

    @Override
    void start() {
        if (controlled()) {
            behave();
        }
    }

    @Override
    void stop() {}

    @Override
    URI identityUrl() {
        return URI.create(need("OS_AUTH_URL"));
    }

    @Override
    Login.Password login(Role role) {
        if (role == Role.ADMIN) {
            return new Login.Password(
                    need("OS_USERNAME"),
                    env.getOrDefault("OS_USER_DOMAIN_NAME", "Default"),
                    need("OS_PASSWORD"),
                    need("OS_PROJECT_NAME"),
                    env.getOrDefault("OS_PROJECT_DOMAIN_NAME", "Default"));
        }
        String prefix = "NOVA_CONTRACT_" + role.name();
        return password(
                env.getOrDefault(prefix + "_USERNAME", USERS.get(role)),
                env.getOrDefault(prefix + "_PASSWORD", "secret"),
                env.getOrDefault(prefix + "_PROJECT_NAME", role == Role.STRANGER ? "other" : "demo"));
    }

    private String need(String name) {
        String value = env.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException(
                    "nova.contract.cloud=env needs " + name + " in the environment (for mini-nova: its openrc)");
        }
        return value;
    }

    @Override
    String flavorId() {
        return env.getOrDefault("NOVA_CONTRACT_FLAVOR", "1");
    }

    @Override
    String otherFlavorId() {
        return env.getOrDefault("NOVA_CONTRACT_OTHER_FLAVOR", "2");
    }

    @Override
    String imageId() {
        return env.getOrDefault("NOVA_CONTRACT_IMAGE", "11111111-1111-4111-8111-111111111111");
    }

    @Override
    boolean controlled() {
        return env.containsKey("MINI_NOVA_HOME");
    }

    @Override
    void killHost(String host) {
        script("compute.sh", "kill", number(host));
    }

    @Override
    void startHost(String host) {
        script("compute.sh", "start", number(host));
    }

    private static String number(String host) {
        return host.replace("compute", "");
    }

    @Override
    void stopVolumes(String service) {
        script("cinder.sh", "stop", number(service.replaceFirst("@.*", "")));
    }

    @Override
    void startVolumes(String service) {
        script("cinder.sh", "start", number(service.replaceFirst("@.*", "")));
    }

    @Override
    String balancer(String host, boolean paired) {
        List<ComputeService> others = admin().computeServices().stream()
                .filter(service -> !service.host().equals(host))
                .toList();
        others.forEach(service -> admin().disableService(service.id(), "contract"));
        try {
            ObjectNode wanted = Backstage.object();
            ObjectNode balancer = wanted.putObject("loadbalancer").put("vip_subnet_id", ANY_SUBNET);
            if (paired) {
                balancer.put("flavor_id", pairs());
            }
            Backstage.Said made = onTheWire().balancing("POST", "/lbaas/loadbalancers", wanted);
            assertEquals(made.body().toString(), 201, made.status());
            String id = made.body().path("loadbalancer").path("id").asText();
            balancers.add(id);
            await("load balancer " + id + " is made", () -> provisioning(id), status -> {
                assertNotEquals("ERROR", status);
                return status.equals("ACTIVE");
            });
            return id;
        } finally {
            others.forEach(service -> admin().enableService(service.id()));
        }
    }

    /** The flavor of load balancers with two amphorae, which mini-nova has made. */
    private String pairs() {
        for (JsonNode flavor :
                onTheWire().balancing("GET", "/lbaas/flavors", null).body().path("flavors")) {
            if (flavor.path("name").asText().equals("pair")) {
                return flavor.path("id").asText();
            }
        }
        throw new AssertionError("Octavia has no flavor 'pair'");
    }

    /** "404" for one that there is no more. */
    private String provisioning(String balancer) {
        Backstage.Said said = onTheWire().balancing("GET", "/lbaas/loadbalancers/" + balancer, null);
        return said.status() != 200
                ? String.valueOf(said.status())
                : said.body().path("loadbalancer").path("provisioning_status").asText();
    }

    @Override
    void removeBalancers() {
        balancers.forEach(id -> onTheWire().balancing("DELETE", "/lbaas/loadbalancers/" + id + "?cascade=true", null));
        balancers.forEach(id -> await("load balancer " + id + " is gone", () -> provisioning(id), "404"::equals));
        balancers.clear();
    }

    @Override
    void addCell() {
        script("cell.sh", "add");
    }

    @Override
    void removeCell() {
        script("cell.sh", "remove");
    }

    @Override
    void stopCell() {
        script("cell.sh", "stop");
    }

    @Override
    void startCell() {
        script("cell.sh", "start");
    }

    @Override
    void report(String... hosts) {
        List<String> arguments = new ArrayList<>(List.of("agents"));
        for (String host : hosts) {
            arguments.add(number(host));
        }
        script("neutron.sh", arguments.toArray(String[]::new));
    }

    @Override
    StepRunner inItsTime(StepRunner runner) {
        return runner;
    }

    @Override
    void spawnSeconds(String server, double seconds) {
        needControl();
        control.withObjectProperty("spawn_seconds").put(server, seconds);
        script("control.sh", control.toString());
    }

    @Override
    void hostFailed(String host) {
        needControl();
        script("masakari.sh", "clear");
        script("masakari.sh", "fail", host);
    }

    @Override
    void settled(String host) {
        needControl();
        script("masakari.sh", "finished");
    }

    @Override
    void liveSeconds(String server, double seconds) {
        needControl();
        control.withObjectProperty("live_seconds").put(server, seconds);
        script("control.sh", control.toString());
    }

    @Override
    void fails(String server, Operation operation) {
        needControl();
        control.withObjectProperty("fail")
                .withArrayProperty(server)
                .add(operation.name().toLowerCase(Locale.ROOT));
        script("control.sh", control.toString());
    }

    @Override
    void behave() {
        control.removeAll();
        control.putObject("live_seconds").put("*", 1);
        control.putObject("cold_seconds").put("*", 0.5);
        script("control.sh", control.toString());
    }

    @Override
    <T> T await(String what, Duration bound, Supplier<T> value, Predicate<T> condition) {
        return poll(what, bound, value, condition);
    }

    /** Asks again and again, a little more slowly each time. */
    static <T> T poll(String what, Duration bound, Supplier<T> value, Predicate<T> condition) {
        List<T> last = new ArrayList<>(1);
        try {
            Awaitility.await(what)
                    .atMost(bound)
                    .pollDelay(Duration.ZERO)
                    .pollInterval((poll, previous) -> Duration.ofMillis(Math.min(100L + 50L * poll, 1000L)))
                    .until(() -> {
                        last.clear();
                        last.add(value.get());
                        return condition.test(last.get(0));
                    });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("not within " + bound.toSeconds() + " s: " + what + "; last seen: " + last, e);
        }
        return last.get(0);
    }

    /** Runs one of mini-nova's scripts to its end; its output is part of the failure's message. */
    private void script(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(env.get("MINI_NOVA_HOME"), name).toString());
        command.addAll(List.of(arguments));
        try {
            // A file, not a pipe: the host that a script starts may inherit the output and hold a pipe open.
            Path output = Files.createTempFile("mini-nova", ".log");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(SCRIPT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(command + " takes longer than " + SCRIPT_SECONDS + " s");
                }
                if (process.exitValue() != 0) {
                    throw new AssertionError(command + " ended with " + process.exitValue() + ": "
                            + Files.readString(output, StandardCharsets.UTF_8));
                }
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(command.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
