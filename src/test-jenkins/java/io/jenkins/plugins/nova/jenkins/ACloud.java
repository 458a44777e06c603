package io.jenkins.plugins.nova.jenkins;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import io.jenkins.plugins.nova.cloud.NovaCloud;
import io.jenkins.plugins.nova.cloud.NovaClouds;
import io.jenkins.plugins.nova.cloud.OpenStackPasswordCredentials;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.util.List;

/** A simulated cloud with two hosts, and the controller's configuration that leads there. */
final class ACloud implements AutoCloseable {

    static final String SECRET = "s3cr3t-of-the-cloud";

    private final SimulatedCloud cloud;

    ACloud(int liveSeconds) {
        CloudBuilder builder = SimulatedCloud.builder()
                .user("operator", SECRET, "ops", "admin")
                .host("compute2")
                .host("compute1")
                .server("web1", server -> server.behaviour(behaviour -> behaviour.liveSeconds(liveSeconds)))
                .server("batch1", server -> server.status("SHUTOFF"));
        cloud = builder.realTime(10).start();
    }

    /** Configures the controller in whose JVM this is called. */
    void configure() throws IOException {
        OpenStackPasswordCredentials credentials = new OpenStackPasswordCredentials(
                CredentialsScope.GLOBAL, "operator", "", "operator", Secret.fromString(SECRET), "ops");
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
        NovaCloud configured = new NovaCloud("sim", cloud.identityUrl().toString());
        configured.setRegion("RegionOne");
        configured.setCredentialsId("operator");
        NovaClouds.get().setClouds(List.of(configured));
    }

    SimulatedCloud cloud() {
        return cloud;
    }

    @Override
    public void close() {
        cloud.close();
    }
}
