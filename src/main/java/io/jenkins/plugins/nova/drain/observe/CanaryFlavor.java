package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.CanaryOrder;
import java.util.Optional;

/** What of a canary that is ordered can be checked before anything is changed: its flavor. */
public final class CanaryFlavor {

    private CanaryFlavor() {}

    /**
     * Why a canary could not be booted, as far as Nova alone can tell; empty when it may be, or none is wanted.
     *
     * @param order null for none
     * @throws NovaException when it could not be read
     */
    public static Optional<String> refusal(CanaryOrder order, Nova nova) {
        if (order == null) {
            return Optional.empty();
        }
        try {
            nova.flavor(order.flavor());
            return Optional.empty();
        } catch (NovaException.Refused e) {
            if (e.status() != 404 || !e.novaMessage().contains(order.flavor())) {
                throw e;
            }
            return Optional.of("canary.flavor: there is no flavor with the id '" + order.flavor()
                    + "'; give the id, not the name, as 'openstack flavor list --all' shows it.");
        }
    }
}
