package com.cloudbees.plugins.credentials.domains;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Knows the host only; the real one also asks for scheme, port and path. */
public class URIRequirementBuilder {
    private final List<DomainRequirement> requirements;

    public static URIRequirementBuilder create() {
        return new URIRequirementBuilder(List.of());
    }

    public static URIRequirementBuilder fromUri(String a0) {
        try {
            String host = new URI(a0).getHost();
            return host == null ? create() : new URIRequirementBuilder(List.of(new HostnameRequirement(host)));
        } catch (URISyntaxException e) {
            return create();
        }
    }

    public List<DomainRequirement> build() {
        return requirements;
    }

    private URIRequirementBuilder(List<DomainRequirement> requirements) {
        this.requirements = requirements;
    }
}
