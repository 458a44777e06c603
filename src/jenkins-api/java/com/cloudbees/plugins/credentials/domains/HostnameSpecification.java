package com.cloudbees.plugins.credentials.domains;

public class HostnameSpecification extends DomainSpecification {
    private final String includes;
    private final String excludes;

    public HostnameSpecification(String a0, String a1) {
        includes = a0;
        excludes = a1;
    }

    public String getIncludes() {
        return includes;
    }
}
