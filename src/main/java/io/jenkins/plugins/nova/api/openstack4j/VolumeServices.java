package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.util.Map;
import org.openstack4j.core.transport.HttpMethod;

/**
 * Cinder's cinder-volume services of a host. All that is needed is in 3.0, which is answered where no microversion is asked for;
 * policies volume_extension:services:index and volume_extension:services:update, and from 2026.1 on volume:freeze_host and
 * volume:thaw_host, an admin's by default.
 */
final class VolumeServices {

    private static final String PATH = "/os-services";
    private static final String BINARY = "binary";
    private static final String VOLUME = "cinder-volume";
    private static final String REASON = "disabled_reason";

    private final Service service;

    VolumeServices(Session session) {
        this.service =
                new Service(session, HostSetting.Kind.VOLUME_SERVICE.types(), url -> calls(url, session.project()));
    }

    /**
     * Where calls go: version 3, whichever the catalogue says, with the project's id, which Cinder needs until 3.67 (Yoga).
     */
    static String calls(String url, String project) {
        return url.replaceFirst("/v[123](/[^/]*)?$", "") + "/v3/" + project;
    }

    /**
     * One for each of its backends, called {@code HOST@backend}; without several backends the host's name alone. A {@code host} in the
     * query would match the same and more (cinder/db/sqlalchemy/api.py, service_get_all).
     */
    Listed<HostSetting> of(String host) {
        Listed<HostSetting> all = Rows.read(
                OddRow.Kind.VOLUME_SERVICE,
                service.read(Service.Request.get("list Cinder's volume services", PATH, Map.of(BINARY, VOLUME), null))
                        .items("services"),
                VolumeServices::setting);
        return new Listed<>(
                all.stream()
                        .filter(one -> one.id().equals(host) || one.id().startsWith(host + "@"))
                        .toList(),
                all.setAside().stream()
                        .filter(row -> row.host().equals(host) || row.host().startsWith(host + "@"))
                        .toList());
    }

    private static HostSetting setting(Fields row) {
        String name = row.exact("host");
        boolean disabled = switch (row.text("status")) {
            case "disabled" -> true;
            case "enabled" -> false;
            default -> throw row.odd("status", "enabled or disabled");
        };
        // enabling leaves the reason where it stands (cinder/api/contrib/services.py), so it says nothing then
        return made(name, disabled, disabled ? row.raw(REASON) : null);
    }

    private static HostSetting made(String name, boolean disabled, String reason) {
        return new HostSetting(HostSetting.Kind.VOLUME_SERVICE, name, "volume service " + name, disabled, null, reason);
    }

    /**
     * @param ineffective whether it was asked to be enabled before, and that was taken and does not show
     * @return as the answer shows it; null when it does not
     */
    HostSetting set(HostSetting wanted, boolean ineffective) {
        if (wanted.held()) {
            return disable(wanted);
        }
        enable(wanted, ineffective);
        return null;
    }

    private HostSetting disable(HostSetting wanted) {
        ObjectNode body = body(wanted).put(REASON, wanted.text());
        Fields answer = service.sendAndRead(put("disable", wanted, "/disable-log-reason", body));
        boolean told = answer != null
                && wanted.id().equals(answer.exactIfAny("host"))
                && "disabled".equals(answer.textOrNull("status"));
        return told ? made(wanted.id(), true, answer.raw(REASON)) : null;
    }

    /**
     * The answer that it is enabled proves nothing: from 2026.1 on enable says so and saves nothing (cinder/api/v3/services.py), and has
     * no microversion of its own. There the end of a freeze is what enables a service (thaw_host of cinder/volume/manager.py).
     */
    private void enable(HostSetting wanted, boolean ineffective) {
        service.sendAndRead(put("enable", wanted, "/enable", body(wanted)));
        if (!ineffective) {
            return;
        }
        ObjectNode host = JsonNodeFactory.instance.objectNode().put("host", wanted.id());
        try {
            service.sendAndRead(put("freeze", wanted, "/freeze", host));
        } finally {
            // a freeze that was not answered may have been taken
            service.sendAndRead(put("thaw", wanted, "/thaw", host));
        }
    }

    private static ObjectNode body(HostSetting wanted) {
        return JsonNodeFactory.instance.objectNode().put("host", wanted.id()).put(BINARY, VOLUME);
    }

    private static Service.Request put(String verb, HostSetting wanted, String path, ObjectNode body) {
        return new Service.Request(
                verb + " Cinder's " + wanted.name(), HttpMethod.PUT, PATH + path, Map.of(), body.toString(), null);
    }
}
