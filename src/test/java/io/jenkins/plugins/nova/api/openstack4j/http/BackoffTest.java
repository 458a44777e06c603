package io.jenkins.plugins.nova.api.openstack4j.http;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.Connections;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import io.jenkins.plugins.nova.api.openstack4j.HandClock;
import io.jenkins.plugins.nova.api.openstack4j.OpenStackNova;
import java.time.Duration;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** A service that asks to be left alone is left alone, and nobody waits for it on a thread. */
public class BackoffTest {

    private final HandClock clock = new HandClock();
    private final Connections connections = new Connections(clock);
    private FakeCloud cloud;
    private OpenStackNova nova;

    @Before
    public void start() throws Exception {
        cloud = new FakeCloud("a");
        cloud.on("GET", "/v2.1/os-aggregates", Reply.json(200, "{\"aggregates\": []}"));
        nova = cloud.connect(connections, FakeCloud.login());
    }

    @After
    public void stop() {
        connections.close();
        cloud.close();
    }

    private void refuse(int status, String retryAfter) {
        cloud.on(
                "POST",
                "/v2.1/servers/1/action",
                Reply.json(status, "{\"overLimit\": {\"message\": \"slower\"}}").with("Retry-After", retryAfter),
                Reply.json(202, ""));
    }

    @Test
    public void theNextRequestsKeepToItAndAreRefusedWithTheTimeThatIsLeft() {
        for (int status : new int[] {413, 429, 503}) {
            refuse(status, "40");
            assertEquals(
                    status,
                    assertThrows(NovaException.Refused.class, () -> nova.confirmResize("1"))
                            .status());
            int before = cloud.seen.size();
            clock.advance(Duration.ofSeconds(10));
            for (int i = 0; i < 3; i++) {
                NovaException.Refused held = assertThrows(NovaException.Refused.class, () -> nova.confirmResize("1"));
                assertEquals(429, held.status());
                assertEquals(Duration.ofSeconds(30), held.retryAfter());
                assertTrue(held.getMessage(), held.getMessage().contains("not sent"));
                assertTrue(held.getMessage(), held.getMessage().contains("not before 2026-06-01T00:0"));
                assertTrue("nothing was sent", !held.outcomeUnknown());
                assertThrows(NovaException.Refused.class, nova::aggregates);
            }
            assertEquals(before, cloud.seen.size());
            clock.advance(Duration.ofSeconds(30));
            nova.aggregates();
            assertEquals(202, nova.confirmResize("1").status());
        }
    }

    @Test
    public void anotherServiceIsAskedMeanwhile() {
        refuse(429, "40");
        assertThrows(NovaException.Refused.class, () -> nova.confirmResize("1"));
        assertEquals("admin", nova.identity().userName());
        cloud.on("GET", "/placement/", Reply.json(200, "{\"versions\": []}"));
        assertThrows(
                NovaException.Unintelligible.class,
                () -> nova.allocationCandidates(
                        new io.jenkins.plugins.nova.api.Resources(1, 1, 0), java.util.Set.of()));
    }

    @Test
    public void aTimeThatNobodyCanMeanIsNotKeptTo() {
        refuse(429, "999999999");
        assertThrows(NovaException.Refused.class, () -> nova.confirmResize("1"));
        clock.advance(Backoff.LONGEST);
        assertEquals(202, nova.confirmResize("1").status());
    }

    @Test
    public void aKeystoneThatAsksForPeaceIsLeftAloneToo() {
        cloud.loginReply = Reply.json(429, "").with("Retry-After", "20");
        assertThrows(NovaException.Refused.class, nova::identity);
        assertThrows(NovaException.Refused.class, nova::identity);
        assertEquals(1, cloud.logins.get());
        cloud.loginReply = null;
        clock.advance(Duration.ofSeconds(20));
        nova.identity();
    }
}
