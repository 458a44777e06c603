package io.jenkins.plugins.nova.api.openstack4j;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.Alertmanager;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.Silence;
import java.util.ArrayList;
import java.util.List;

/** A host's silences as settings beside Nova. Which is meant tells its text alone: a request that is made twice does no harm. */
final class Silences {

    private final Alertmanager alertmanager;

    /** @param alertmanager null where none is configured */
    Silences(Alertmanager alertmanager) {
        this.alertmanager = alertmanager;
    }

    /** Those that have not ended, and room for another. */
    Listed<HostSetting> of(String host) {
        List<HostSetting> rows = new ArrayList<>();
        for (Silence silence : configured().of(host)) {
            rows.add(new HostSetting(
                            HostSetting.Kind.SILENCE, host, name(host), true, silence.updated(), silence.comment())
                    .until(silence.ends()));
        }
        rows.add(new HostSetting(HostSetting.Kind.SILENCE, host, name(host), false, null, null));
        return new Listed<>(rows, List.of());
    }

    private static String name(String host) {
        return "silence of " + host;
    }

    /** @return null: whether it was done the next list tells */
    HostSetting set(HostSetting wanted) {
        String host = wanted.id();
        List<Silence> ours = configured().of(host).stream()
                .filter(silence -> silence.comment().equals(wanted.text()))
                .toList();
        if (!wanted.held()) {
            ours.forEach(silence -> alertmanager.expire(host, silence.id()));
        } else if (ours.isEmpty()) {
            alertmanager.make(host, wanted.text(), wanted.until());
        } else {
            alertmanager.extend(host, ours.get(0), wanted.until());
        }
        return null;
    }

    private Alertmanager configured() {
        if (alertmanager == null) {
            throw new NovaException.Missing("the cloud has no Alertmanager in its configuration (alertmanagerUrl)");
        }
        return alertmanager;
    }
}
