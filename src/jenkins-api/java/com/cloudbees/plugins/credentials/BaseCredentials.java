package com.cloudbees.plugins.credentials;

import jenkins.model.Jenkins;

public class BaseCredentials implements Credentials {
    private final CredentialsScope scope;

    protected BaseCredentials() {
        this(null);
    }

    public BaseCredentials(CredentialsScope a0) {
        this.scope = a0;
    }

    public CredentialsScope getScope() {
        return scope;
    }

    public CredentialsDescriptor getDescriptor() {
        return (CredentialsDescriptor) Jenkins.get().getDescriptorOrDie(getClass());
    }
}
