package io.jenkins.plugins.nova.simulator;

/**
 * The cloud of the default rehearsal: enough variety to see every path, fast enough to watch. compute1 can be emptied;
 * compute3 cannot, for one of its servers is SUSPENDED.
 */
final class RehearsalCloud {

    private RehearsalCloud() {}

    static CloudBuilder describe() {
        return SimulatedCloud.builder()
                .user("alice", "secret", "webshop", "member")
                .user("dora", "secret", "databases", "member")
                .user("finance-robot", "secret", "finance", "member")
                .group("db-cluster", "anti-affinity", "dora")
                .host("compute2")
                .server(
                        "db2",
                        s -> s.owner("dora")
                                .flavor("m1.large")
                                .group("db-cluster")
                                .volumeBacked())
                .host("compute3")
                .server("mail1")
                .server("legacy-erp", s -> s.status("SUSPENDED").flavor("m1.large"))
                .host("compute1")
                .server("web1", s -> s.owner("alice").behaviour(b -> b.liveSeconds(2)))
                .server("web2", s -> s.owner("alice").behaviour(b -> b.liveSeconds(2.5)))
                .server(
                        "web3",
                        s -> s.owner("alice").behaviour(b -> b.liveSeconds(2)).tags("frontend"))
                .server("cache1", s -> s.owner("alice").flavor("m1.medium").behaviour(b -> b.liveSeconds(3)))
                .server(
                        "db1",
                        s -> s.owner("dora")
                                .flavor("m1.large")
                                .group("db-cluster")
                                .volumeBacked()
                                .behaviour(b -> b.liveSeconds(3.5)))
                .server(
                        "warehouse",
                        s -> s.owner("dora").flavor("r1.huge").volumeBacked().behaviour(b -> b.liveSeconds(6)))
                .server("ci-runner", s -> s.status("PAUSED").behaviour(b -> b.liveSeconds(2)))
                .server(
                        "payroll",
                        s -> s.owner("finance-robot")
                                .locked("quarter-end closing, ask finance first")
                                .behaviour(b -> b.liveSeconds(2)))
                .server("batch1", s -> s.status("SHUTOFF").behaviour(b -> b.coldSeconds(1.5)))
                .server("batch2", s -> s.status("SHUTOFF").flavor("m1.medium").behaviour(b -> b.coldSeconds(2)))
                .server("archive", s -> s.status("SHUTOFF").volumeBacked().behaviour(b -> b.coldSeconds(1)));
    }
}
