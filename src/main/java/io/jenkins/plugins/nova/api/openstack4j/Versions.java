package io.jenkins.plugins.nova.api.openstack4j;

import io.jenkins.plugins.nova.api.Microversion;
import io.jenkins.plugins.nova.api.MicroversionRange;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import io.jenkins.plugins.nova.api.openstack4j.identity.Catalogue;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.util.Locale;
import java.util.Map;
import org.openstack4j.api.types.ServiceType;

/** The microversions of a cloud's Compute API, asked once, and the one to send with each call. */
final class Versions {

    private final Service root;
    private volatile MicroversionRange known;

    Versions(Session session) {
        this.root = new Service(session, ServiceType.COMPUTE, url -> Catalogue.computeRoot(url, session.project()));
    }

    /**
     * What the cloud speaks. Two threads that ask at once ask twice: none waits for the other's answer.
     *
     * @throws NovaException.Missing when that is too old
     */
    MicroversionRange range() {
        MicroversionRange range = known;
        if (range == null) {
            // with the slash: /v2.1 alone is a redirect behind some proxies
            Fields version = root.read(Service.Request.get("ask Nova's microversions", "/", Map.of(), null))
                    .object("version");
            if (version.textOrEmpty("version").isEmpty()) {
                throw new NovaException.Missing("the catalogue's compute endpoint is the old API ("
                        + version.textOrEmpty("id") + ") without microversions; at least "
                        + MicroversionRange.OLDEST_USABLE + " is needed: correct the endpoint to …/v2.1");
            }
            range = new MicroversionRange(parse(version, "min_version"), parse(version, "version"));
            if (range.max().compareTo(MicroversionRange.OLDEST_USABLE) < 0) {
                throw new NovaException.Missing("this cloud's Nova speaks microversions up to " + range.max()
                        + "; at least " + MicroversionRange.OLDEST_USABLE + " is needed");
            }
            known = range;
        }
        return range;
    }

    /**
     * The OpenStack-API-Version header of a call.
     *
     * @throws NovaException.Missing when the cloud has given up all that this call is written for
     */
    String header(Cap cap) {
        Microversion chosen = chosen(cap);
        if (chosen.compareTo(range().min()) < 0) {
            throw new NovaException.Missing(
                    "this cloud's Nova speaks microversions from " + range().min() + " on; " + chosen + " is needed to "
                            + cap.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        return "compute " + chosen;
    }

    /** The microversion that a call is sent at. */
    Microversion chosen(Cap cap) {
        return range().upTo(cap.minor());
    }

    /** A field that holds a microversion. */
    static Microversion parse(Fields json, String name) {
        try {
            return Microversion.parse(json.text(name));
        } catch (IllegalArgumentException e) {
            throw json.odd(name, "a microversion");
        }
    }
}
