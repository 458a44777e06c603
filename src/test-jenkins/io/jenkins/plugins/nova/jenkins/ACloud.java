package io.jenkins.plugins.nova.jenkins;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import io.jenkins.plugins.nova.cloud.NovaCloud;
import io.jenkins.plugins.nova.cloud.NovaClouds;
import io.jenkins.plugins.nova.cloud.OpenStackPasswordCredentials;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.util.List;

/** A simulated cloud with two hosts, ten times as fast as time, and the controller's configuration that leads there. */
final class ACloud implements AutoCloseable {

    static final String SECRET = "s3cr3t-of-the-cloud";

    private final SimulatedCloud cloud;

    /** @param seconds of the cloud that its servers take to move: web1 live, batch1 cold */
    ACloud(int seconds) {
        cloud = SimulatedCloud.builder()
                .user("operator", SECRET, "ops", "admin")
                .host("compute2")
                .host("compute1")
                .server("web1", server -> server.behaviour(behaviour -> behaviour.liveSeconds(seconds)))
                .server("batch1", server -> server.status("SHUTOFF").behaviour(b -> b.coldSeconds(seconds)))
                .realTime(10)
                .start();
    }

    String identityUrl() {
        return cloud.identityUrl().toString();
    }

    /** Configures the controller in whose JVM this is called. */
    void configure() throws IOException {
        configure(identityUrl());
    }

    /** Configures the controller in whose JVM this is called, which may be another than the cloud's. */
    static void configure(String identityUrl) throws IOException {
        OpenStackPasswordCredentials credentials = new OpenStackPasswordCredentials(
                CredentialsScope.GLOBAL, "operator", "", "operator", Secret.fromString(SECRET), "ops");
        SystemCredentialsProvider.getInstance().getCredentials().add(credentials);
        SystemCredentialsProvider.getInstance().save();
        NovaCloud configured = new NovaCloud("sim", identityUrl);
        configured.setRegion("RegionOne");
        configured.setCredentialsId("operator");
        NovaClouds.get().setClouds(List.of(configured));
    }

    /** How often Nova was asked for an action on a server. */
    long asked(String server, String action) {
        return cloud.audit().actionsOf(cloud.id(server)).stream()
                .filter(action::equals)
                .count();
    }

    /** Its nova-compute stops reporting. */
    void kill(String host) {
        cloud.kill(host);
    }

    /** Its nova-compute reports again. */
    void restart(String host) {
        cloud.restart(host);
    }

    @Override
    public void close() {
        cloud.close();
    }
}
