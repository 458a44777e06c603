package io.jenkins.plugins.nova.api.openstack4j;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import io.jenkins.plugins.nova.api.openstack4j.http.CloudClock;
import io.jenkins.plugins.nova.api.openstack4j.identity.Catalogue;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Only what is used must make sense; what does not is said as what it is, with the way out. */
public class StrictnessTest {

    private static final String NOVA = """
            {"type": "compute", "endpoints": [{"interface": "public", "region_id": "R", "url": "%1$s/v2.1"}]}""";
    private static final String VERSION =
            "{\"version\": {\"id\": \"v2.1\", \"version\": \"2.93\", \"min_version\": \"2.1\"}}";

    private FakeCloud cloud;

    @Before
    public void start() throws Exception {
        cloud = new FakeCloud("a");
        cloud.on("GET", "/v2.1/os-aggregates", Reply.json(200, "{\"aggregates\": []}"));
    }

    @After
    public void stop() {
        cloud.close();
    }

    private String lastPath() {
        return cloud.seen.get(cloud.seen.size() - 1).uri();
    }

    @Test
    public void nothingThatIsNotUsedMattersInACatalogue() {
        for (String odd : List.of(
                "{\"type\": \"messaging\", \"endpoints\": [{\"interface\": \"public\", \"url\": \"ws://10.0.0.5:9000\"}]}",
                "{\"type\": \"object-store\", \"endpoints\": [{\"interface\": \"public\", \"url\": \"not a url at all\"}]}",
                "{\"type\": \"x\", \"endpoints\": [{\"interface\": \"sideways\", \"url\": \"\"}]}",
                "{\"type\": \"x\", \"endpoints\": [{\"interface\": null, \"region\": 7, \"url\": {\"a\": 1}}]}",
                "{\"type\": \"x\", \"endpoints\": null}",
                "{\"type\": \"x\", \"endpoints\": \"none\"}",
                "{\"type\": null}",
                "{\"type\": [1, 2], \"name\": {\"odd\": true}, \"links\": 5, \"enabled\": \"perhaps\"}",
                "[]",
                "null",
                "\"text\"",
                "{\"type\": \"compute\", \"endpoints\": [{\"interface\": \"admin\", \"region_id\": \"R\", \"url\":"
                        + " \"ws://x\"}]}")) {
            cloud.catalogue = "[" + odd + ", " + NOVA + "]";
            cloud.connect().aggregates();
            assertEquals(odd, "/v2.1/os-aggregates", lastPath());
        }
    }

    @Test
    public void nothingElseThatIsNotUsedMattersInAToken() {
        for (String odd : List.of(
                "\"expires_at\": \"next week\"",
                "\"expires_at\": 5",
                "\"issued_at\": null",
                "\"audit_ids\": {}",
                "\"methods\": \"password\"",
                "\"roles\": null",
                "\"roles\": [{\"name\": null}, 7]",
                "\"is_domain\": \"no\"",
                "\"system\": {\"all\": true}",
                "\"some new field\": {\"deep\": [[[]]]}")) {
            cloud.loginReply = Reply.json(201, """
                            {"token": {"user": {"id": "u1", "name": "admin", "password_expires_at": 3, "domain": []},
                              "project": {"id": "p1", "name": "ops", "domain": null}, %s, "catalog": [%s]}}""".formatted(odd, NOVA.formatted(cloud.url())))
                    .with("X-Subject-Token", "t");
            OpenStackNova nova = cloud.connect();
            assertEquals(odd, "ops", nova.identity().projectName());
            nova.aggregates();
        }
    }

    @Test
    public void whatIsUsedAndNoUrlIsToldAsTheCatalogues() {
        for (Map.Entry<String, String> odd : Map.of(
                        "ws://10.0.0.5:9000", "is not an http or https URL with a host",
                        "not a url at all", "is not an http or https URL with a host",
                        "https://nova_api.example:8774/v2.1", "has an underscore in its host's name",
                        "http://my_cloud/v2.1", "give the host another name")
                .entrySet()) {
            cloud.catalogue = "[" + NOVA.replace("%1$s/v2.1", odd.getKey()) + "]";
            NovaException e = assertThrows(
                    NovaException.Unintelligible.class, () -> cloud.connect().aggregates());
            assertTrue(e.getMessage(), e.getMessage().contains(odd.getKey()));
            assertTrue(e.getMessage(), e.getMessage().contains(odd.getValue()));
        }
    }

    @Test
    public void anIdentityUrlThatCannotBeAskedSaysWhyAndNeverShowsAPassword() {
        for (Map.Entry<String, String> odd : Map.of(
                        "https://my_keystone:5000/v3", "has an underscore in its host's name",
                        "https://ann:hunter2@my_keystone:5000/v3", "is not an http or https URL with a host",
                        "https://ann:hunter2@keystone:5000/v3", "must have no user",
                        "ftp://keystone/v3", "is not an http or https URL with a host")
                .entrySet()) {
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class,
                    () -> new CloudEndpoint(URI.create(odd.getKey()), null, Facing.PUBLIC));
            assertTrue(e.getMessage(), e.getMessage().contains(odd.getValue()));
            assertTrue(e.getMessage(), e.getMessage().contains("https://keystone.example:5000/v3"));
            assertFalse(e.getMessage(), e.getMessage().contains("hunter2"));
        }
    }

    /** url in the catalogue, where calls go, where the versions are asked. */
    @Test
    public void aGatewaysPrefixIsNotTakenForAVersion() {
        String hex = "0123456789abcdef0123456789abcdef";
        for (String[] row : new String[][] {
            {"", "/v2.1", "/v2.1"},
            {"/v2.1", "/v2.1", "/v2.1"},
            {"/v2.1/", "/v2.1", "/v2.1"},
            {"/v2", "/v2", "/v2"},
            {"/v2.1/p1", "/v2.1/p1", "/v2.1"},
            {"/v2.1/" + hex, "/v2.1/" + hex, "/v2.1"},
            {"/v1/nova", "/v1/nova/v2.1", "/v1/nova/v2.1"},
            {"/v1/nova/v2.1", "/v1/nova/v2.1", "/v1/nova/v2.1"},
            {"/v1/nova/v2.1/p1", "/v1/nova/v2.1/p1", "/v1/nova/v2.1"},
            {"/v2/nova", "/v2/nova/v2.1", "/v2/nova/v2.1"},
            {"/v3/compute", "/v3/compute/v2.1", "/v3/compute/v2.1"},
            {"/api/v1", "/api/v1/v2.1", "/api/v1/v2.1"},
            {"/compute", "/compute/v2.1", "/compute/v2.1"}
        }) {
            String base = "http://nova:8774";
            String url = row[0].endsWith("/") ? row[0].substring(0, row[0].length() - 1) : row[0];
            assertEquals(row[0], base + row[1], Catalogue.computeCalls(base + url, "p1"));
            assertEquals(row[0], base + row[2], Catalogue.computeRoot(base + url, "p1"));
            cloud.catalogue = "[" + NOVA.replace("/v2.1", row[0]) + "]";
            cloud.on("GET", row[2] + "/", Reply.json(200, VERSION))
                    .on("GET", row[1] + "/os-aggregates", Reply.json(200, "{\"aggregates\": []}"));
            cloud.connect().aggregates();
            assertEquals(row[0], row[1] + "/os-aggregates", lastPath());
        }
    }

    @Test
    public void aRedirectThatAddsASlashIsFollowedAndNoOther() {
        OpenStackNova nova = cloud.connect();
        for (int status : new int[] {301, 302, 307, 308}) {
            for (String location : List.of(
                    cloud.url() + "/v2.1/os-aggregates/",
                    "/v2.1/os-aggregates/",
                    "/v2.1/os-aggregates/?with=theirs",
                    "os-aggregates/")) {
                cloud.on("GET", "/v2.1/os-aggregates", new Reply(status, Map.of("Location", location), ""))
                        .on("GET", "/v2.1/os-aggregates/", Reply.json(200, "{\"aggregates\": []}"));
                nova.aggregates();
                assertEquals("/v2.1/os-aggregates/", lastPath());
            }
            for (String location : List.of(
                    "http://elsewhere.invalid/v2.1/os-aggregates/",
                    "https" + cloud.url().substring(4) + "/v2.1/os-aggregates/",
                    "//elsewhere.invalid/v2.1/os-aggregates/",
                    "/v2.1/servers/",
                    "/v2.1/os-aggregates",
                    "/v2.1/os-aggregates//",
                    "::",
                    "")) {
                cloud.on("GET", "/v2.1/os-aggregates", new Reply(status, Map.of("Location", location), ""));
                int before = cloud.seen.size();
                assertThrows(location, NovaException.Unintelligible.class, nova::aggregates);
                assertEquals(location, before + 1, cloud.seen.size());
            }
            cloud.on(
                    "POST",
                    "/v2.1/servers/1/action",
                    new Reply(status, Map.of("Location", cloud.url() + "/v2.1/servers/1/action/"), ""));
            int before = cloud.seen.size();
            assertThrows(NovaException.Unintelligible.class, () -> nova.confirmResize("1"));
            assertEquals("a change is not sent again", before + 1, cloud.seen.size());
        }
    }

    @Test
    public void theCloudsClockIsToldByItsAnswers() throws Exception {
        for (Duration off : List.of(
                Duration.ZERO,
                Duration.ofHours(36),
                Duration.ofHours(-36),
                Duration.ofSeconds(40),
                Duration.ofDays(-400))) {
            try (RawServer server = new RawServer((connection, n) -> {
                String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now().plus(off).atZone(ZoneOffset.UTC));
                RawServer.write(
                        connection,
                        "HTTP/1.1 200 OK\r\nDate: " + date + "\r\nContent-Length: " + VERSION.length() + "\r\n\r\n"
                                + VERSION);
                return true;
            })) {
                cloud.catalogue = "[" + NOVA.replace("%1$s", server.url()) + "]";
                OpenStackNova nova = cloud.connect();
                assertEquals("before the first answer", Duration.ZERO, nova.clockOffset());
                nova.microversions();
                Duration wrong = nova.clockOffset().minus(off).abs();
                assertTrue(off + " was told as " + nova.clockOffset(), wrong.toSeconds() < 20);
                assertEquals(
                        "clocks that agree agree wholly",
                        off.isZero(),
                        nova.clockOffset().isZero());
            }
        }
    }

    /** A date in Retry-After is one of the cloud's, whatever our clock says. */
    @Test
    public void aDateToComeBackAtIsOfTheCloudsTime() throws Exception {
        String body = "{\"x\": {\"message\": \"y\"}}";
        try (RawServer server = new RawServer((connection, n) -> {
            RawServer.write(
                    connection,
                    "HTTP/1.1 429 Slow\r\nDate: Mon, 1 Jun 2020 12:00:00 GMT\r\nRetry-After: Mon, 1 Jun 2020 12:00:30"
                            + " GMT\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            return true;
        })) {
            cloud.catalogue = "[" + NOVA.replace("%1$s", server.url()) + "]";
            NovaException.Refused e = assertThrows(
                    NovaException.Refused.class, () -> cloud.connect().microversions());
            assertEquals(Duration.ofSeconds(30), e.retryAfter());
        }
    }

    @Test
    public void anOddDateSaysNothing() {
        CloudClock clock = new CloudClock();
        Instant now = Instant.parse("2026-06-01T12:00:00.500Z");
        for (String odd : new String[] {null, "", "yesterday", "2026-06-01T12:00:00Z"}) {
            clock.seen(odd, now, now);
            assertEquals(Duration.ZERO, clock.offset());
        }
        clock.seen("Mon, 1 Jun 2026 13:00:00 GMT", now, now.plusMillis(20));
        assertEquals(Duration.ofHours(1).minusMillis(10), clock.offset());
    }

    @Test
    public void aTokenOverHttpAndServicesElsewhereAreSaid() {
        CloudEndpoint secure = new CloudEndpoint(URI.create("https://keystone.example:5000/v3"), null, Facing.PUBLIC);
        Catalogue catalogue = new Catalogue(
                secure,
                List.of(
                        new Catalogue.Entry("compute", "R", "public", "http://keystone.example:8774/v2.1"),
                        new Catalogue.Entry("placement", "R", "public", "https://placement.other/"),
                        new Catalogue.Entry("image", "R", "public", "http://glance.other/")));
        assertEquals(1, catalogue.inTheClear().size());
        assertTrue(catalogue.inTheClear().get(0).contains("in the clear (http://keystone.example:8774/v2.1)"));
        assertEquals(1, catalogue.elsewhere().size());
        assertTrue(catalogue.elsewhere().get(0).contains("by its catalogue: https://placement.other"));
        Catalogue fine = new Catalogue(
                secure, List.of(new Catalogue.Entry("compute", "R", "public", "https://KEYSTONE.example/compute")));
        assertEquals(List.of(), fine.inTheClear());
        assertEquals(List.of(), fine.elsewhere());
    }
}
