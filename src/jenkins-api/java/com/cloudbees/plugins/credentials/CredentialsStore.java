package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.ModelObject;
import hudson.model.Saveable;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.IOException;
import java.util.List;
import org.springframework.security.core.Authentication;

public abstract class CredentialsStore implements AccessControlled, Saveable {
    public CredentialsStore() {}

    public abstract ModelObject getContext();

    public boolean hasPermission2(Authentication a0, Permission a1) {
        return getACL().hasPermission2(a0, a1);
    }

    public ACL getACL() {
        throw new UnsupportedOperationException();
    }

    public List<Domain> getDomains() {
        return List.of(Domain.global());
    }

    public Domain getDomainByName(String a0) {
        return getDomains().stream()
                .filter(domain -> a0.equals(domain.getName()))
                .findFirst()
                .orElse(null);
    }

    public final boolean isDomainsModifiable() {
        return true;
    }

    public abstract List<Credentials> getCredentials(Domain a0);

    public boolean addDomain(Domain a0, List<Credentials> a1) throws IOException {
        throw new UnsupportedOperationException();
    }

    public abstract boolean addCredentials(Domain a0, Credentials a1) throws IOException;

    public abstract boolean removeCredentials(Domain a0, Credentials a1) throws IOException;

    public abstract boolean updateCredentials(Domain a0, Credentials a1, Credentials a2) throws IOException;
}
