package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import jenkins.model.Jenkins;

/** Puts credentials into Jenkins's own store, each into the domain of the host that it is for. */
final class CredentialsKeeper {

    private final CredentialsStore store;

    private CredentialsKeeper(CredentialsStore store) {
        this.store = store;
    }

    /** That of the store that holds domains for all of Jenkins; null where there is none. */
    static CredentialsKeeper ofJenkins() {
        for (CredentialsStore store : CredentialsProvider.lookupStores(Jenkins.get())) {
            if (store.getContext() == Jenkins.get() && store.isDomainsModifiable()) {
                return new CredentialsKeeper(store);
            }
        }
        return null;
    }

    boolean has(String id) {
        return store.getDomains().stream().anyMatch(domain -> find(domain, id) != null);
    }

    /**
     * Adds a credential, or puts it in the place of the one with its id, whose domain it then keeps.
     *
     * @param address whose host the domain is for
     * @throws IOException when it cannot be saved
     */
    void keep(StandardCredentials credentials, URI address) throws IOException {
        for (Domain domain : store.getDomains()) {
            Credentials before = find(domain, credentials.getId());
            if (before != null) {
                store.updateCredentials(domain, before, credentials);
                return;
            }
        }
        Domain domain = store.getDomainByName(address.getHost());
        if (domain == null) {
            store.addDomain(
                    new Domain(
                            address.getHost(),
                            "OpenStack identity service",
                            List.of(new HostnameSpecification(address.getHost(), null))),
                    List.of(credentials));
        } else {
            store.addCredentials(domain, credentials);
        }
    }

    private Credentials find(Domain domain, String id) {
        return store.getCredentials(domain).stream()
                .filter(each ->
                        each instanceof IdCredentials withId && withId.getId().equals(id))
                .findFirst()
                .orElse(null);
    }
}
