package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.Alertmanager;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.Silence;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceMatcher;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceSettings;
import io.jenkins.plugins.nova.api.openstack4j.http.Transport;
import io.jenkins.plugins.nova.api.openstack4j.http.Wire;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Silences of the simulated Alertmanager, or with a real cloud those of the one whose address is in NOVA_ALERTMANAGER. */
public class AlertmanagerContractTest {

    private static final String MATCHERS = "instance=~\"${host}(:.*)?\"\nseverity!=\"disaster\"";

    private final String host = "compute-" + UUID.randomUUID() + ".example.org";
    private SimulatedCloud cloud;
    private Alertmanager alertmanager;

    @Before
    public void start() {
        String real = CloudUnderTest.isReal() ? System.getenv("NOVA_ALERTMANAGER") : null;
        if (real == null) {
            cloud = SimulatedCloud.builder()
                    .startingAt(Instant.now())
                    .alertmanager()
                    .start();
        }
        alertmanager = at(cloud == null ? URI.create(real) : cloud.alertmanagerUrl(), MATCHERS);
    }

    @After
    public void end() {
        alertmanager.of(host).forEach(silence -> alertmanager.expire(host, silence.id()));
        if (cloud != null) {
            cloud.close();
        }
    }

    private static Alertmanager at(URI url, String matchers) {
        return new Alertmanager(
                new Wire(Transport.direct()),
                new SilenceSettings(url, null, null, SilenceMatcher.parse(matchers), null));
    }

    private static Instant in(Duration span) {
        return Instant.now().plus(span).truncatedTo(ChronoUnit.SECONDS);
    }

    private Silence only() {
        List<Silence> all = alertmanager.of(host);
        assertEquals(all.toString(), 1, all.size());
        return all.get(0);
    }

    @Test
    public void aSilenceBeginsAtOnceAndShows() {
        assertEquals(List.of(), alertmanager.of(host));
        Instant ends = in(Duration.ofHours(1));
        String id = alertmanager.make(host, "nova-maintenance: ops#1 \"for\" us", ends);
        assertEquals(id, only().id());
        assertEquals("nova-maintenance: ops#1 \"for\" us", only().comment());
        assertEquals(ends, only().ends());
        assertFalse("as of now", only().starts().isBefore(in(Duration.ofMinutes(-5))));
        assertEquals("of another host", List.of(), alertmanager.of(host + "0"));
    }

    @Test
    public void anotherEndKeepsTheId() {
        String id = alertmanager.make(host, "one", in(Duration.ofHours(1)));
        Instant later = in(Duration.ofHours(3));
        assertEquals(id, alertmanager.extend(host, only(), later));
        assertEquals(later, only().ends());
        assertEquals("one", only().comment());
    }

    @Test
    public void oneThatIsExpiredShowsNoMoreAndMayBeExpiredAgain() {
        String id = alertmanager.make(host, "one", in(Duration.ofHours(1)));
        Silence before = only();
        alertmanager.expire(host, id);
        assertEquals(List.of(), alertmanager.of(host));
        alertmanager.expire(host, id);
        alertmanager.expire(host, UUID.randomUUID().toString());
        String other = alertmanager.extend(host, before, in(Duration.ofHours(1)));
        assertNotEquals("what has ended is not begun again under its id", id, other);
        assertEquals(other, only().id());
    }

    @Test
    public void twoOfTheSameMatchersAreTwo() {
        String one = alertmanager.make(host, "one", in(Duration.ofHours(1)));
        String other = alertmanager.make(host, "other", in(Duration.ofHours(1)));
        assertNotEquals(one, other);
        alertmanager.expire(host, other);
        assertEquals(one, only().id());
    }

    @Test
    public void whatItDoesNotTakeIsToldInItsOwnWords() {
        NovaException.Refused past = assertThrows(
                NovaException.Refused.class, () -> alertmanager.make(host, "one", in(Duration.ofHours(-1))));
        assertEquals(400, past.status());
        assertEquals("Failed to create silence: end time can't be in the past", past.novaMessage());
        Silence unknown = new Silence(UUID.randomUUID().toString(), "x", Instant.now(), Instant.now(), Instant.now());
        NovaException.Refused gone = assertThrows(
                NovaException.Refused.class, () -> alertmanager.extend(host, unknown, in(Duration.ofHours(1))));
        assertEquals(404, gone.status());
    }
}
