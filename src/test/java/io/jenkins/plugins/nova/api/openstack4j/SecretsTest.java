package io.jenkins.plugins.nova.api.openstack4j;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** Neither password nor token nor request body in any log at any level, any exception or any toString. */
public class SecretsTest {

    private static final String AC_SECRET = "application-credential-secret";

    @Rule
    public final LoggedText logged = new LoggedText();

    private FakeCloud cloud;

    @Before
    public void start() throws Exception {
        cloud = new FakeCloud("a");
    }

    @After
    public void stop() {
        cloud.close();
    }

    private void assertClean(String text) {
        for (String secret : List.of(FakeCloud.PASSWORD, AC_SECRET, "gAAAAAB", "block_migration")) {
            assertFalse(text, text.contains(secret));
        }
    }

    private void assertClean(Throwable thrown) {
        StringWriter all = new StringWriter();
        thrown.printStackTrace(new PrintWriter(all, true));
        assertClean(all.toString());
    }

    @Test
    public void callsThatSucceedLogWhatTheyDidAndNoSecret() {
        cloud.on("POST", "/v2.1/servers/s1/action", Reply.json(202, ""));
        OpenStackNova nova = cloud.connect();
        nova.liveMigrate("s1", "c2", BlockMigration.AUTO);
        String log = String.join("", logged.lines());
        assertTrue(log, log.contains("POST " + cloud.url() + "/v2.1/servers/s1/action: 202"));
        // openstack4j's own
        assertTrue(log, log.contains("Executing Request"));
        assertClean(log);
        assertClean(nova.toString());
    }

    @Test
    public void secretsThatServicesQuoteAreTakenOut() {
        cloud.loginReply = Reply.json(
                400,
                "{\"error\": {\"message\": \"Invalid input for field 'password': '" + FakeCloud.PASSWORD + "'\"}}");
        NovaException e =
                assertThrows(NovaException.Refused.class, () -> cloud.connect().identity());
        assertTrue(e.getMessage(), e.getMessage().contains("'****'"));
        assertClean(e);
        cloud.loginReply = null;
        cloud.on(
                "POST",
                "/v2.1/servers/s1/action",
                Reply.json(400, "{\"badRequest\": {\"message\": \"odd token " + cloud.token(2) + "\"}}"));
        e = assertThrows(NovaException.Refused.class, () -> cloud.connect().confirmResize("s1"));
        assertTrue(e.getMessage(), e.getMessage().contains("odd token ****"));
        assertClean(e);
        assertClean(String.join("", logged.lines()));
    }

    @Test
    public void everyKindOfFailureIsClean() throws Exception {
        String token = "{\"token\": \"" + FakeCloud.PASSWORD + "\"}";
        for (Reply login : List.of(
                Reply.json(401, ""),
                Reply.json(500, "{\"error\": {\"message\": \"" + FakeCloud.PASSWORD + "\"}}"),
                Reply.json(201, token).with("X-Subject-Token", "gAAAAAB-x"),
                Reply.json(201, "{\"token\": {\"expires_at\": \"gAAAAAB-x\"}}"),
                new Reply(302, Map.of("Location", "http://x.invalid/?p=gAAAAAB-x"), ""))) {
            cloud.loginReply = login;
            assertClean(assertThrows(NovaException.class, () -> cloud.connect().identity()));
        }
        cloud.loginReply = null;
        for (Reply reply : List.of(
                Reply.json(401, ""),
                Reply.json(409, "{\"x\": {\"message\": \"y\"}}"),
                Reply.json(500, "<html>"),
                new Reply(302, Map.of("Location", "http://x.invalid/?p=gAAAAAB-x"), ""))) {
            cloud.on("POST", "/v2.1/servers/s1/action", reply);
            assertClean(assertThrows(
                    NovaException.class, () -> cloud.connect().liveMigrate("s1", null, BlockMigration.AUTO)));
        }
        try (RawServer rude = new RawServer((connection, n) -> RawServer.reset(connection))) {
            OpenStackNova nova = OpenStackNova.connect(
                    new CloudEndpoint(URI.create(rude.url()), null, Facing.PUBLIC),
                    new Login.ApplicationCredential("ac1", AC_SECRET),
                    FakeCloud.quick());
            assertClean(assertThrows(NovaException.Unreachable.class, nova::identity));
            assertEquals(1, rude.requests.size());
        }
        assertClean(String.join("", logged.lines()));
    }

    @Test
    public void noToStringShowsASecret() {
        assertClean(FakeCloud.login().toString());
        assertClean(new Login.ApplicationCredential("ac1", AC_SECRET).toString());
        assertClean(new Service.Request("call", null, "/", Map.of(), "{\"block_migration\": 1}", null).toString());
        assertClean(new CloudEndpoint(URI.create(cloud.url()), null, Facing.PUBLIC).toString());
    }
}
