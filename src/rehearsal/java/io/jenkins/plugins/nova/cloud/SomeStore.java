package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.model.ModelObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jenkins.model.Jenkins;

/** Jenkins's own store as far as imports use it, on the entries of a {@link CloudFixture}. */
final class SomeStore extends CredentialsStore {

    private final List<CloudFixture.Entry> entries;
    private final List<Domain> domains = new ArrayList<>();

    SomeStore(List<CloudFixture.Entry> entries) {
        this.entries = entries;
    }

    @Override
    public ModelObject getContext() {
        return Jenkins.get();
    }

    @Override
    public List<Domain> getDomains() {
        List<Domain> all = new ArrayList<>(domains);
        all.add(Domain.global());
        return all;
    }

    @Override
    public List<Credentials> getCredentials(Domain domain) {
        return entries.stream()
                .filter(entry -> Objects.equals(entry.host(), domain.getName()))
                .map(CloudFixture.Entry::credentials)
                .map(Credentials.class::cast)
                .toList();
    }

    @Override
    public boolean addDomain(Domain domain, List<Credentials> credentials) {
        String host = ((HostnameSpecification) domain.getSpecifications().get(0)).getIncludes();
        if (!host.equals(domain.getName())) {
            throw new IllegalArgumentException(host + " in the domain " + domain.getName());
        }
        domains.add(domain);
        credentials.forEach(each -> addCredentials(domain, each));
        return true;
    }

    @Override
    public boolean addCredentials(Domain domain, Credentials credentials) {
        return entries.add(new CloudFixture.Entry(domain.getName(), (StandardCredentials) credentials));
    }

    @Override
    public boolean removeCredentials(Domain domain, Credentials credentials) {
        return entries.removeIf(entry -> entry.credentials() == credentials);
    }

    @Override
    public boolean updateCredentials(Domain domain, Credentials before, Credentials after) {
        return removeCredentials(domain, before) && addCredentials(domain, after);
    }

    @Override
    public void save() {}
}
