package io.jenkins.plugins.nova.api.openstack4j;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Lists that come in pages. */
public class PagingTest {

    /** A next page on a host that must never see the token. */
    private static final String LINK =
            "_links\": [{\"rel\": \"next\", \"href\": \"http://attacker.invalid/v2.1/servers/detail?marker=x\"}]";

    private FakeCloud cloud;

    @Before
    public void start() throws Exception {
        cloud = new FakeCloud("a");
    }

    @After
    public void stop() {
        cloud.close();
    }

    private static Reply servers(String more, String... ids) {
        StringBuilder text = new StringBuilder();
        for (String id : ids) {
            text.append(text.isEmpty() ? "" : ",").append(CallsTest.server(id, "n", "c1", ""));
        }
        return Reply.json(200, "{\"servers\": [" + text + "]" + more + "}");
    }

    private List<String> uris() {
        return cloud.calls().stream().map(FakeCloud.Seen::uri).toList();
    }

    @Test
    public void serversAreReadToTheEndByMarkerAtTheSameEndpoint() {
        String next = ", \"servers" + LINK;
        cloud.on(
                "GET", "/v2.1/servers/detail", servers(next, "s1", "s2"), servers(next, "s2", "s3"), servers("", "s4"));
        assertEquals(
                List.of("s1", "s2", "s3", "s4"),
                cloud.connect().serversOn("c1").stream().map(Server::id).toList());
        assertEquals(3, uris().size());
        assertTrue(
                uris().get(1),
                uris().get(1).contains("marker=s2") && uris().get(1).contains("host=c1"));
        assertTrue(
                uris().get(2),
                uris().get(2).contains("marker=s3") && uris().get(2).contains("all_tenants=1"));
    }

    @Test
    public void anEmptyLastPageEnds() {
        String next = ", \"servers" + LINK;
        cloud.on("GET", "/v2.1/servers/detail", servers(next, "s1"), servers(next));
        assertEquals(1, cloud.connect().serversOn("c1").size());
    }

    @Test
    public void pagesThatGoInCirclesAreNotFollowedForever() {
        cloud.on("GET", "/v2.1/servers/detail", servers(", \"servers" + LINK, "s1"));
        assertThrows(NovaException.Unintelligible.class, () -> cloud.connect().serversOn("c1"));
        assertEquals(2, uris().size());
    }

    @Test
    public void migrationsGoByUuid() {
        String row = "{\"id\": %d, \"uuid\": \"m%d\", \"instance_uuid\": \"s1\", \"status\": \"done\"}";
        cloud.on(
                "GET",
                "/v2.1/os-migrations",
                Reply.json(200, "{\"migrations\": [" + row.formatted(9, 9) + "], \"migrations" + LINK + "}"),
                Reply.json(200, "{\"migrations\": [" + row.formatted(8, 8) + "]}"));
        assertEquals(2, cloud.connect().migrations(MigrationQuery.ALL).size());
        assertEquals("/v2.1/os-migrations?marker=m9", uris().get(1));
    }

    @Test
    public void actionsGoByRequestId() {
        String row = "{\"action\": \"migrate\", \"request_id\": \"req-%d\"}";
        cloud.on(
                "GET",
                "/v2.1/servers/s1/os-instance-actions",
                Reply.json(200, "{\"instanceActions\": [" + row.formatted(2) + "], \"links\": [{\"rel\": \"next\"}]}"),
                Reply.json(200, "{\"instanceActions\": [" + row.formatted(1) + "]}"));
        assertEquals(
                List.of("req-2", "req-1"),
                cloud.connect().actions("s1").stream()
                        .map(InstanceAction::requestId)
                        .toList());
        assertEquals("/v2.1/servers/s1/os-instance-actions?marker=req-2", uris().get(1));
    }

    @Test
    public void hypervisorsGoById() {
        String row =
                "{\"id\": \"h%d\", \"hypervisor_hostname\": \"c\", \"service\": {\"host\": \"c\"}, \"state\": \"up\","
                        + " \"status\": \"enabled\"}";
        cloud.on(
                "GET",
                "/v2.1/os-hypervisors/detail",
                Reply.json(200, "{\"hypervisors\": [" + row.formatted(1) + "], \"hypervisors" + LINK + "}"),
                Reply.json(200, "{\"hypervisors\": [" + row.formatted(2) + "]}"));
        assertEquals(2, cloud.connect().hypervisors().size());
        assertEquals("/v2.1/os-hypervisors/detail?marker=h1", uris().get(1));
    }

    @Test
    public void serverGroupsGoByOffset() {
        String row = "{\"id\": \"g%d\", \"name\": \"n\", \"policy\": \"affinity\", \"members\": []}";
        cloud.on(
                "GET",
                "/v2.1/os-server-groups",
                Reply.json(200, "{\"server_groups\": [" + row.formatted(1) + "," + row.formatted(2) + "]}"),
                Reply.json(200, "{\"server_groups\": [" + row.formatted(3) + "]}"),
                Reply.json(200, "{\"server_groups\": []}"));
        assertEquals(
                List.of("g1", "g2", "g3"),
                cloud.connect().serverGroups().stream().map(ServerGroup::id).toList());
        assertTrue(uris().get(1), uris().get(1).contains("offset=2"));
    }
}
