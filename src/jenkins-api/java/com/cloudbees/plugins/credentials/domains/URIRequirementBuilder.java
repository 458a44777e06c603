package com.cloudbees.plugins.credentials.domains;

import java.util.List;

public class URIRequirementBuilder {
    public static URIRequirementBuilder create() { return new URIRequirementBuilder(); }

    public static URIRequirementBuilder fromUri(String a0) { return new URIRequirementBuilder(); }

    public List<DomainRequirement> build() { return List.of(); }

    private URIRequirementBuilder() {}
}
