package com.cloudbees.plugins.credentials.domains;

import java.io.Serializable;
import java.util.List;

public class Domain implements Serializable {
    private final String name;
    private final List<DomainSpecification> specifications;

    public Domain(String a0, String a1, List<DomainSpecification> a2) {
        name = a0;
        specifications = List.copyOf(a2);
    }

    public static Domain global() {
        return new Domain(null, null, List.of());
    }

    public List<DomainSpecification> getSpecifications() {
        return specifications;
    }

    public String getName() {
        return name;
    }
}
