package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Instant;
import org.junit.Test;

/** A cloud that somebody wrote by hand: what may be left out, and what is said of each mistake. */
public class CloudFileTest {

    private static SimulatedCloud start(String text) {
        return CloudFile.parse("lab.json", text)
                .describe(Instant.parse("2026-01-31T00:00:00Z"))
                .start();
    }

    @Test
    public void fiveLinesAreACloud() {
        String[] files = {
            "{\"hosts\": [\"c1\", \"c2\"],\n \"servers\": {\"web1\": {\"host\": \"c1\"}}}",
            "{\"hosts\": {\"c1\": {}, \"c2\": {}}, // two of them\n \"servers\": {\"web1\": {\"host\": \"c1\"},},}",
            "{\"servers\": {\"web1\": {\"host\": \"c1\"}}, /* later */ \"hosts\": [\"c1\", \"c2\"]}",
        };
        for (String file : files) {
            try (SimulatedCloud cloud = start(file)) {
                assertEquals(1, cloud.serversOn("c1").size());
                assertEquals("ACTIVE", cloud.server("web1").status());
                assertTrue(cloud.up("c2") && cloud.enabled("c2"));
                assertEquals(202, cloud.act("admin", "web1", "{'migrate':null}"));
            }
        }
    }

    @Test
    public void eachMistakeIsSaidWithTheWayToItWhatIsThereAndWhatMayBe() {
        String hosts = "\"hosts\": {\"c1\": {}, \"c2\": {}}";
        String[][] rows = {
            {"", "lab.json: it is no object in braces"},
            {"[]", "lab.json: it is no object in braces"},
            {"{\"hosts\": [\"c1\"", "lab.json: line 1, column "},
            {
                "{\"hosts\": [\"c1\"], \"hosts\": [\"c2\"]}",
                "lab.json: line 1, column 26: it is no JSON there (Duplicate field 'hosts')"
            },
            {"{\"hosts\": [\"c1\"]} {}", "lab.json: line 1, column "},
            {"{}", "lab.json: hosts: there is no host: name one at least"},
            {"{\"hosts\": \"c1\"}", "lab.json: hosts: 'c1' is no object in braces"},
            {"{\"hosts\": [\"c1\", \"c1\"]}", "lab.json: hosts[1]: 'c1' is there twice"},
            {"{\"hosts\": [1]}", "lab.json: hosts[0]: 1 is no text"},
            {"{\"host\": [\"c1\"]}", "lab.json: host: there is no such key: is it 'hosts'?"},
            {"{\"zzz\": [\"c1\"]}", "lab.json: zzz: there is no such key"},
            {"{\"format\": 2, " + hosts + "}", "lab.json: format: only 1 is known"},
            {"{\"nova\": \"zed\", " + hosts + "}", "lab.json: nova: 'zed' is no microversion such as 2.93"},
            {"{\"taken\": \"today\", " + hosts + "}", "lab.json: taken: 'today' is no time such as"},
            {
                "{\"hosts\": {\"c 1\": {\"vcpuss\": 4}}}",
                "lab.json: hosts[\"c 1\"].vcpuss: there is no such key: is it 'vcpus'?"
            },
            {"{\"hosts\": {\"c1\": {\"vcpus\": -4}}}", "lab.json: hosts.c1.vcpus: -4 is no whole number from 0 on"},
            {
                "{\"hosts\": {\"c1\": {\"ram\": {\"total\": \"4\"}}}}",
                "lab.json: hosts.c1.ram.total: '4' is no whole number"
            },
            {
                "{\"hosts\": {\"c1\": {\"status\": \"disbled\"}}}",
                "lab.json: hosts.c1.status: 'disbled' is not one of enabled, disabled: is it 'disabled'?"
            },
            {
                "{\"hosts\": {\"c1\": {\"reason\": \"fan\"}}}",
                "lab.json: hosts.c1.reason: only a host whose status is disabled"
            },
            {
                "{\"hosts\": {\"c1\": {\"forcedDown\": \"yes\"}}}",
                "lab.json: hosts.c1.forcedDown: 'yes' is neither true nor false"
            },
            {"{" + hosts + ", \"rates\": {\"life\": {}}}", "lab.json: rates.life: there is no such key: is it 'live'?"},
            {
                "{" + hosts + ", \"rates\": {\"live\": {\"seconds\": -1}}}",
                "lab.json: rates.live.seconds: -1 is no number from 0 on"
            },
            {
                "{" + hosts + ", \"aggregates\": {\"a\": {\"hosts\": [\"c9\"]}}}",
                "lab.json: aggregates.a.hosts[0]: there is no host 'c9': is it 'c1'?; there are c1, c2"
            },
            {
                "{" + hosts
                        + ", \"aggregates\": {\"a\": {\"zone\": \"x\", \"hosts\": [\"c1\"]}, \"b\": {\"zone\": \"y\", \"hosts\": [\"c1\"]}}}",
                "lab.json: aggregates.b.hosts[0]: the host 'c1' is in zone 'x' by another aggregate already"
            },
            {
                "{" + hosts + ", \"flavors\": {\"f\": {\"specs\": {\"resources:VGPU\": \"one\"}}}}",
                "lab.json: flavors.f.specs[\"resources:VGPU\"]: 'one' is no amount"
            },
            {
                "{" + hosts + ", \"groups\": {\"g\": {}}}",
                "lab.json: groups.g.policy: a group has a policy: one of affinity"
            },
            {
                "{" + hosts + ", \"groups\": {\"g\": {\"policy\": \"antiaffinity\"}}}",
                "lab.json: groups.g.policy: 'antiaffinity' is not one of affinity, anti-affinity, soft-affinity, soft-anti-affinity: is it 'anti-affinity'?"
            },
            {
                "{" + hosts + ", \"groups\": {\"g\": {\"policy\": \"affinity\", \"members\": [\"web1\"]}}}",
                "lab.json: groups.g.members[0]: there is no server 'web1'"
            },
            {"{" + hosts + ", \"servers\": [\"web1\"]}", "lab.json: servers: [\"web1\"] is no object in braces"},
            {
                "{" + hosts + ", \"servers\": {\"web1\": {}}}",
                "lab.json: servers.web1.host: it is missing: a server that is ACTIVE is on a host"
            },
            {
                "{" + hosts + ", \"servers\": {\"web1\": {\"host\": \"c3\"}}}",
                "lab.json: servers.web1.host: there is no host 'c3': is it 'c1'?; there are c1, c2"
            },
            {
                "{" + hosts + ", \"servers\": {\"web1\": {\"host\": \"c1\", \"status\": \"active\"}}}",
                "lab.json: servers.web1.status: 'active' is not one of ACTIVE"
            },
            {
                "{" + hosts + ", \"servers\": {\"web1\": {\"host\": \"c1\", \"flavor\": \"m1.smal\"}}}",
                "lab.json: servers.web1.flavor: there is no flavor 'm1.smal': is it 'm1.small'?"
            },
            {
                "{" + hosts + ", \"flavors\": {\"f\": {}}, \"servers\": {\"web1\": {\"host\": \"c1\"}}}",
                "lab.json: servers.web1.flavor: no flavor is named, and there is no 'm1.small'; there is f"
            },
            {
                "{" + hosts + ", \"servers\": {\"web1\": {\"host\": \"c1\", \"status\": \"VERIFY_RESIZE\"}}}",
                "lab.json: servers.web1.resizedFrom: it is missing"
            },
            {
                "{" + hosts
                        + ", \"servers\": {\"web1\": {\"host\": \"c1\", \"status\": \"ACTIVE\", \"resizedFrom\": \"c2\"}}}",
                "lab.json: servers.web1.resizedFrom: only a server in VERIFY_RESIZE has it"
            },
            {
                "{" + hosts
                        + ", \"servers\": {\"a\": {\"host\": \"c1\", \"id\": \"x\"}, \"b\": {\"host\": \"c1\", \"id\": \"x\"}}}",
                "lab.json: servers.b.id: the server 'a' has the same id x"
            },
            {
                "{" + hosts + ", \"servers\": {\"a\": {\"host\": \"c1\", \"seconds\": {\"lvie\": 1}}}}",
                "lab.json: servers.a.seconds.lvie: there is no such key: is it 'live'?"
            },
            {
                "{" + hosts + ", \"servers\": {\"a\": {\"host\": \"c1\", \"locked\": 1}}}",
                "lab.json: servers.a.locked: 1 is no text"
            },
            {
                "{" + hosts + ", \"servers\": {\"a\": {\"host\": \"c1\", \"metadata\": {\"k\": {}}}}}",
                "lab.json: servers.a.metadata.k: {} is no text"
            },
            {
                "{" + hosts + ", \"segments\": {\"r\": {\"hosts\": [\"c3\"]}}}",
                "lab.json: segments.r.hosts[0]: there is no host 'c3': is it 'c1'?; there are c1, c2"
            },
            {
                "{" + hosts + ", \"segments\": {\"r\": {\"hosts\": [\"c1\"]}, \"s\": {\"hosts\": [\"c1\"]}}}",
                "lab.json: segments.s.hosts[0]: the host 'c1' is in segment 'r' already"
            },
            {
                "{" + hosts + ", \"segments\": {\"r\": {\"hosts\": [\"c1\"], \"onMaintenance\": [\"c2\"]}}}",
                "lab.json: segments.r.onMaintenance[0]: there is no host of the segment 'c2': is it 'c1'?; there is c1"
            },
            {
                "{" + hosts + ", \"volumeServices\": {\"c1@lvm\": {\"disabled\": 1}}}",
                "lab.json: volumeServices[\"c1@lvm\"].disabled: 1 is no text"
            },
            {
                "{" + hosts + ", \"agents\": {\"c1\": {\"DHCP agent\": {\"mode\": \"dvr\"}}}}",
                "lab.json: agents.c1[\"DHCP agent\"].mode: only an L3 agent has one"
            },
            {
                "{" + hosts + ", \"agents\": {\"c1\": [\"L3 agent\"]}, \"routers\": {\"r\": {\"hosts\": [\"c2\"]}}}",
                "lab.json: routers.r.hosts[0]: there is no host with an agent of the type 'L3 agent' 'c2': is it 'c1'?"
            },
            {
                "{" + hosts + ", \"agents\": {\"c1\": [\"L3 agent\"], \"c2\": [\"L3 agent\"]},"
                        + " \"routers\": {\"r\": {\"hosts\": [\"c1\", \"c2\"]}}}",
                "lab.json: routers.r.hosts: a router that is not HA is on one agent at most"
            },
            {
                "{" + hosts + ", \"routers\": {\"r\": {\"gateways\": {\"c1\": 1}}}}",
                "lab.json: routers.r.gateways.c1: the host 'c1' has no agent of the type 'OVN Controller Gateway agent'"
            },
            {
                "{" + hosts + ", \"agents\": {\"c1\": [\"OVN Controller Gateway agent\"]},"
                        + " \"routers\": {\"r\": {\"gateways\": {\"c1\": 1}, \"ha\": true}}}",
                "lab.json: routers.r.ha: a router of OVN's has gateways, and no L3 agent"
            },
            {
                "{" + hosts
                        + ", \"agents\": {\"c1\": [\"OVN Controller Gateway agent\"], \"c2\": [\"OVN Controller Gateway agent\"]},"
                        + " \"routers\": {\"r\": {\"gateways\": {\"c1\": 1, \"c2\": 1}}}}",
                "lab.json: routers.r.gateways.c2: another chassis has the priority 1"
            },
            {
                "{" + hosts + ", \"networks\": {\"n\": {\"hosts\": [\"c1\"]}}}",
                "lab.json: networks.n.hosts[0]: there is no host with an agent of the type 'DHCP agent' 'c1'"
            },
            {
                "{" + hosts + ", \"loadBalancers\": {\"lb\": {}}}",
                "lab.json: loadBalancers.lb: it has no amphora: name its servers"
            },
            {
                "{" + hosts + ", \"loadBalancers\": {\"lb\": {\"MASTER\": \"a\"}}}",
                "lab.json: loadBalancers.lb.MASTER: there is no server 'a'"
            },
            {
                "{" + hosts
                        + ", \"servers\": {\"a\": {\"host\": \"c1\"}}, \"loadBalancers\": {\"lb\": {\"MASTER\": \"a\","
                        + " \"BACKUP\": \"a\"}}}",
                "lab.json: loadBalancers.lb.BACKUP: the server 'a' is an amphora already"
            },
        };
        for (String[] row : rows) {
            String message = assertThrows(
                            row[0],
                            IllegalArgumentException.class,
                            () -> start(row[0]).close())
                    .getMessage();
            assertTrue(row[0] + "\n" + message, message.startsWith(row[1]));
        }
    }
}
