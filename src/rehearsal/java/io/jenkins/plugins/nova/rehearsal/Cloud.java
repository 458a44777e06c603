package io.jenkins.plugins.nova.rehearsal;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.util.Secret;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.cloud.NovaCloud;
import io.jenkins.plugins.nova.cloud.OpenStackPasswordCredentials;
import io.jenkins.plugins.nova.simulator.ServerState;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** The only cloud that is configured during a rehearsal: a simulated one, or the one that OS_* variables name. */
final class Cloud implements AutoCloseable {
    private static final String ID = "rehearsal";

    private final CloudFixture configuration;
    private final SimulatedCloud simulated;
    private final String description;
    private final List<String> secrets;

    private Cloud(CloudFixture configuration, SimulatedCloud simulated, String description, List<String> secrets) {
        this.configuration = configuration;
        this.simulated = simulated;
        this.description = description;
        this.secrets = secrets;
    }

    /**
     * Configures the cloud.
     *
     * @param real whether it is the one of the environment
     * @throws IllegalArgumentException if a variable that is needed is missing, or the file that one names cannot be read
     */
    static Cloud open(boolean real, UnaryOperator<String> environment) {
        return real ? configured(null, environment) : of(SimulatedCloud.rehearsal());
    }

    /** Configures a simulated cloud, which is closed with this one. */
    static Cloud of(SimulatedCloud simulated) {
        return configured(simulated, simulated.environment("admin")::get);
    }

    private static Cloud configured(SimulatedCloud simulated, UnaryOperator<String> variables) {
        boolean real = simulated == null;
        String url = needed(variables, "OS_AUTH_URL");
        CloudFixture configuration = CloudFixture.begin();
        NovaCloud cloud = new NovaCloud(
                real ? "env" : "simulated", url.endsWith("/v3") ? url : url.replaceAll("/+$", "") + "/v3");
        cloud.setRegion(variables.apply("OS_REGION_NAME"));
        cloud.setEndpointInterface(facing(variables.apply("OS_INTERFACE")));
        cloud.setCredentialsId(ID);
        String certificate = variables.apply("OS_CACERT");
        if (certificate != null && !certificate.isEmpty()) {
            cloud.setCaCertificate(text(certificate));
        }
        String secret = credential(configuration, variables);
        configuration.cloud(cloud);
        String description = real
                ? "the cloud at " + url + ": it is real, and the steps really move servers there."
                : described(simulated.servers());
        return new Cloud(configuration, simulated, description, List.of(secret));
    }

    private static String text(String certificate) {
        try {
            return Files.readString(Path.of(certificate));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "-Dcloud=env: the file " + certificate + ", which OS_CACERT names, cannot be read ("
                            + unreadable.getClass().getSimpleName() + ")",
                    unreadable);
        }
    }

    private static String credential(CloudFixture configuration, UnaryOperator<String> variables) {
        String application = variables.apply("OS_APPLICATION_CREDENTIAL_ID");
        if (application != null && !application.isEmpty()) {
            String secret = needed(variables, "OS_APPLICATION_CREDENTIAL_SECRET");
            configuration.credential(CloudFixture.application(ID, application, secret));
            return secret;
        }
        String password = needed(variables, "OS_PASSWORD");
        OpenStackPasswordCredentials credentials = new OpenStackPasswordCredentials(
                CredentialsScope.GLOBAL,
                ID,
                "",
                needed(variables, "OS_USERNAME"),
                Secret.fromString(password),
                needed(variables, "OS_PROJECT_NAME"));
        credentials.setUserDomain(variables.apply("OS_USER_DOMAIN_NAME"));
        credentials.setProjectDomain(variables.apply("OS_PROJECT_DOMAIN_NAME"));
        configuration.credential(credentials);
        return password;
    }

    private static String needed(UnaryOperator<String> variables, String name) {
        String value = variables.apply(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("-Dcloud=env: the environment variable " + name
                    + " is not set; source the cloud's openrc file first");
        }
        return value;
    }

    private static String described(List<ServerState> servers) {
        long hosts = servers.stream().map(ServerState::host).distinct().count();
        return "a simulated cloud of " + hosts + " hosts and " + servers.size()
                + " servers; no real cloud is touched.\n"
                + "Time is simulated too: what would take a real cloud the minutes that the plan forecasts takes seconds"
                + " here.";
    }

    private static String facing(String text) {
        return text == null ? null : text.replaceAll("URL$", "");
    }

    /** What cloud it is, for the operator. */
    String description() {
        return description;
    }

    /** What must not be shown. */
    List<String> secrets() {
        return secrets;
    }

    @Override
    public void close() {
        configuration.close();
        if (simulated != null) {
            simulated.close();
        }
    }
}
