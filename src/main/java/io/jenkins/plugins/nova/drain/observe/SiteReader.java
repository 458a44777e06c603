package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.room.Budget;
import java.util.List;

/** Reads what a budget is held against, and no more: the compute services, and beside them only what this budget needs. */
public final class SiteReader {

    private SiteReader() {}

    /**
     * The services; with aggregates where the budget names one, or where a service does not tell its zone; with hypervisors where
     * hosts must be free.
     *
     * @throws NovaException when the cloud could not be read
     */
    public static Estate of(Nova nova, Budget budget) {
        List<ComputeService> services = nova.computeServices();
        Estate estate = Estate.UNKNOWN.services(services);
        boolean silent = services.stream().anyMatch(service -> !service.known());
        if (budget.limits() && (budget.aggregate() != null || silent)) {
            estate = estate.aggregates(nova.aggregates());
        }
        return budget.minFreeHosts() > 0 ? estate.hypervisors(new EstateReader(nova, services).hypervisors()) : estate;
    }
}
