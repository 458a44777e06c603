package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.HandBlock;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

/** Steps on a simulated cloud with something beside Nova. */
abstract class BesideSteps {

    static final Duration BOUND = Duration.ofSeconds(60);
    static final String HOST = "compute1";
    static final String LVM = HOST + "@lvm";
    static final String CEPH = HOST + "@ceph";
    static final String L3 = "L3 agent";
    static final String DHCP = "DHCP agent";
    static final String GATEWAY = "OVN Controller Gateway agent";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    final HandBlock block = new HandBlock();
    CloudFixture clouds;
    StepRunner runner;
    SimulatedCloud cloud;

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

    static CloudBuilder hosts() {
        return SimulatedCloud.builder().host("compute2").host(HOST).server("web1", server -> server.volumeBacked());
    }

    void start(CloudBuilder builder, String... rules) {
        builder.userWithCredential("operator", "s3cr3t", "ops", "app-1", "app-s3cr3t", "admin");
        if (rules.length > 0) {
            builder.accessRules("operator", rules);
        }
        cloud = builder.startingAt(Instant.now()).start();
        runner.in(DrivenTime.of(cloud));
        clouds.credential(
                        rules.length > 0
                                ? CloudFixture.application("openstack", "app-1", "app-s3cr3t")
                                : CloudFixture.password("openstack", "operator", "s3cr3t", "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
    }

    void nextBuild() throws IOException {
        StepRunner first = runner;
        runner = first.nextBuild(folder.newFolder());
        first.close();
    }

    static List<Object> states(Object result) {
        List<Object> states = new ArrayList<>();
        ((List<?>) ((Map<?, ?>) result).get("beside")).forEach(one -> states.add(((Map<?, ?>) one).get("state")));
        return states;
    }

    boolean asked() {
        return cloud.audit().entries().stream()
                .anyMatch(entry -> entry.service().equals("instance-ha"));
    }

    static void has(String text, String... parts) {
        for (String part : parts) {
            assertTrue("no '" + part + "' in:\n" + text, text.contains(part));
        }
    }

    boolean changed() {
        return cloud.audit().entries().stream().anyMatch(entry -> entry.method().equals("PUT"));
    }

    void again() throws IOException {
        cloud.close();
        nextBuild();
        clouds.close();
        clouds = CloudFixture.begin();
    }

    static CloudBuilder storing() {
        return hosts().volumeServices("block-storage", LVM, CEPH, "compute2@lvm", "compute10@lvm", "compute");
    }

    static CloudBuilder networked() {
        return hosts().agent(L3, HOST)
                .agent(DHCP, HOST)
                .agent("Open vSwitch agent", HOST)
                .agent(L3, "compute2")
                .agent(DHCP, "compute2");
    }

    static CloudBuilder gateways() {
        return hosts().agent(GATEWAY, HOST)
                .agent(GATEWAY, "compute2")
                .agent(GATEWAY, "compute3")
                .gateway("web", HOST, "compute2")
                .gateway("db", HOST, "compute2", "compute3")
                .gateway("mail", "compute2", HOST);
    }
}
