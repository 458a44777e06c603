package io.jenkins.plugins.nova.api.openstack4j;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import io.jenkins.plugins.nova.api.openstack4j.http.Intake;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.Test;

/** No answer, and no number of answers, takes more memory than it is given. */
public class BoundsTest {

    private static final int FAT = 60 << 20;

    /** Answers everything with {@code {},{},…} of 60 MB. */
    private static RawServer fat(String status) throws IOException {
        byte[] chunk = "{},".repeat(16 * 1024).getBytes(StandardCharsets.US_ASCII);
        return new RawServer((connection, n) -> {
            RawServer.write(
                    connection,
                    "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nX-Subject-Token: t\r\n"
                            + "Content-Length: " + FAT + "\r\n\r\n[");
            pour(connection, chunk);
            return false;
        });
    }

    private static void pour(Socket connection, byte[] chunk) throws IOException {
        for (int sent = 0; sent < FAT; sent += chunk.length) {
            connection.getOutputStream().write(chunk);
        }
    }

    @Test
    public void aFatErrorAndAFatLoginAreReadToAMebibyte() throws Exception {
        for (String status : List.of("500 Oops", "401 No", "404 Gone", "201 Created", "200 OK")) {
            Intake intake = new Intake(2 << 20);
            Connections connections = new Connections(Clock.systemUTC(), intake);
            try (RawServer server = fat(status)) {
                OpenStackNova nova = connections.connect(
                        new CloudEndpoint(URI.create(server.url()), null, Facing.PUBLIC),
                        FakeCloud.login(),
                        FakeCloud.quick());
                NovaException e = assertThrows(status, NovaException.class, nova::identity);
                assertTrue(e.getMessage(), e.getMessage().length() < 1000);
                assertEquals(status, 0, intake.taken());
            } finally {
                connections.close();
            }
        }
    }

    @Test
    public void aFatListIsRefusedWithItsLimitsWhereverItIsFat() throws Exception {
        String deep = "{\"aggregates\": " + "[".repeat(5000) + "]".repeat(5000) + "}";
        String many = "{\"aggregates\": [" + "{},".repeat(2_100_000) + "{}]}";
        for (String body : List.of(deep, many)) {
            try (FakeCloud cloud = new FakeCloud("a")) {
                cloud.on("GET", "/v2.1/os-aggregates", Reply.json(200, body));
                NovaException.Unintelligible e = assertThrows(
                        NovaException.Unintelligible.class,
                        () -> cloud.connect().aggregates());
                assertTrue(e.getMessage(), e.getMessage().contains("more than is read as one answer"));
                assertTrue(e.getMessage(), e.getMessage().length() < 500);
            }
        }
    }

    @Test
    public void aListOfTenThousandServersOnOnePageIsRead() throws Exception {
        StringBuilder servers = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            servers.append(i == 0 ? "" : ",")
                    .append("{\"id\": \"s")
                    .append(i)
                    .append("\", \"name\": \"n\", \"more\": {\"a\": [")
                    .append("1,".repeat(200))
                    .append("1]}}");
        }
        try (FakeCloud cloud = new FakeCloud("a")) {
            cloud.on("GET", "/v2.1/servers", Reply.json(200, "{\"servers\": [" + servers + "]}"));
            assertEquals(10_000, cloud.connect().serverNames(null, 10_000).size());
        }
    }

    @Test
    public void answersOfAllCloudsTogetherAreBounded() throws Exception {
        Intake intake = new Intake(1000);
        Connections connections = new Connections(Clock.systemUTC(), intake);
        try (FakeCloud cloud = new FakeCloud("a")) {
            cloud.on("GET", "/v2.1/os-aggregates", Reply.json(200, "{\"aggregates\": []}"));
            OpenStackNova nova = cloud.connect(connections, FakeCloud.login());
            nova.identity();
            assertTrue("another cloud's answers", intake.take(990));
            NovaException.Unintelligible e = assertThrows(NovaException.Unintelligible.class, nova::aggregates);
            assertTrue(e.getMessage(), e.getMessage().contains("does not fit beside the other answers"));
            assertEquals(990, intake.taken());
            intake.giveBack(990);
            nova.aggregates();
            assertEquals("all of it is given back", 0, intake.taken());
        } finally {
            connections.close();
        }
    }

    /**
     * A list that comes in pages.
     *
     * @param page what a page is: its number, and what makes it as long as wanted
     */
    private record Paged(String page, Consumer<OpenStackNova> call) {
        String page(int number, int length) {
            return page.formatted(number, "x".repeat(length));
        }
    }

    private static final List<Paged> PAGED = List.of(
            new Paged(
                    "{\"hypervisors\": [{\"id\": \"%d\", \"more\": \"%s\"}],"
                            + " \"hypervisors_links\": [{\"rel\": \"next\"}]}",
                    OpenStackNova::hypervisors),
            new Paged(
                    "{\"servers\": [{\"id\": \"%d\", \"more\": \"%s\"}], \"servers_links\": [{\"rel\": \"next\"}]}",
                    nova -> nova.serversOn("c1")),
            new Paged(
                    "{\"servers\": [{\"id\": \"%d\", \"more\": \"%s\"}], \"servers_links\": [{\"rel\": \"next\"}]}",
                    nova -> nova.ownServersNamed("n")),
            new Paged(
                    "{\"migrations\": [{\"uuid\": \"%d\", \"more\": \"%s\"}],"
                            + " \"migrations_links\": [{\"rel\": \"next\"}]}",
                    nova -> nova.migrations(MigrationQuery.ALL)),
            new Paged("{\"server_groups\": [{\"id\": \"%d\", \"more\": \"%s\"}]}", OpenStackNova::serverGroups));

    /** Page after page, each with another row. */
    @Test
    public void aListWithoutAnEndIsGivenUpByTimeOrBySize() throws Exception {
        HandClock clock = new HandClock();
        for (Paged list : PAGED) {
            for (boolean slow : new boolean[] {true, false}) {
                Intake intake = new Intake(20_000);
                Connections connections = new Connections(clock, intake);
                String version = "{\"version\": {\"id\": \"v2.1\", \"version\": \"2.93\", \"min_version\": \"2.1\"}}";
                try (FakeCloud keystone = new FakeCloud("a");
                        RawServer endless = new RawServer((connection, n) -> {
                            if (slow) {
                                clock.advance(FakeCloud.quick().answerTimeout().minusSeconds(1));
                            }
                            String page = n == 1 ? version : list.page(n, slow ? 1 : 1000);
                            RawServer.write(
                                    connection,
                                    "HTTP/1.1 200 OK\r\nContent-Length: " + page.length() + "\r\n\r\n" + page);
                            return true;
                        })) {
                    keystone.catalogue = keystone.catalogue.replace("%1$s/v2.1", endless.url() + "/v2.1");
                    OpenStackNova nova = keystone.connect(connections, FakeCloud.login());
                    NovaException e =
                            assertThrows(NovaException.class, () -> list.call().accept(nova));
                    assertTrue(
                            e.getMessage(),
                            e.getMessage().contains(slow ? "the list has no end after" : "does not fit beside"));
                    assertTrue(endless.requests.size() < 30);
                    assertEquals(0, intake.taken());
                } finally {
                    connections.close();
                }
            }
        }
    }

    /** The same page for ever is either the whole list, where nothing links a next one, or an error. */
    @Test
    public void aListThatIsTheSamePageForEverEnds() throws Exception {
        for (Paged list : PAGED) {
            try (FakeCloud cloud = new FakeCloud("a")) {
                String page = list.page(7, 1);
                for (String path : List.of(
                        "/v2.1/os-hypervisors/detail",
                        "/v2.1/servers/detail",
                        "/v2.1/os-migrations",
                        "/v2.1/os-server-groups")) {
                    cloud.on("GET", path, Reply.json(200, page));
                }
                OpenStackNova nova = cloud.connect();
                if (page.contains("_links")) {
                    NovaException e =
                            assertThrows(NovaException.class, () -> list.call().accept(nova));
                    assertTrue(e.getMessage(), e.getMessage().contains("the pages go in circles"));
                } else {
                    list.call().accept(nova);
                }
                assertTrue(page, cloud.calls().size() < 6);
            }
        }
    }

    @Test
    public void whatIsGivenUpIsGivenBack() throws Exception {
        Intake intake = new Intake(1 << 20);
        Connections connections = new Connections(Clock.systemUTC(), intake);
        try (FakeCloud cloud = new FakeCloud("a")) {
            OpenStackNova nova = cloud.connect(connections, FakeCloud.login());
            for (Reply reply : List.of(
                    Reply.json(200, "{\"aggregates\": []}"),
                    Reply.json(200, "{\"cut"),
                    Reply.json(200, "[]"),
                    Reply.json(404, "{\"x\": {\"message\": \"y\"}}"),
                    Reply.json(401, "{}"),
                    new Reply(302, Map.of("Location", "http://127.0.0.1:1/"), "elsewhere"),
                    Reply.json(500, "<html>"))) {
                cloud.on("GET", "/v2.1/os-aggregates", reply).on("POST", "/v2.1/servers/1/action", reply);
                for (Runnable call : List.<Runnable>of(nova::aggregates, () -> nova.confirmResize("1"))) {
                    try {
                        call.run();
                    } catch (NovaException e) {
                        assertTrue(e.getMessage(), reply.status() != 202);
                    }
                    assertEquals(reply.toString(), 0, intake.taken());
                }
            }
        } finally {
            connections.close();
        }
    }
}
