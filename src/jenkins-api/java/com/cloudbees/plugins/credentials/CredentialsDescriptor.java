package com.cloudbees.plugins.credentials;

import hudson.model.Descriptor;
import org.jenkins.ui.icon.IconSpec;

public abstract class CredentialsDescriptor extends Descriptor<Credentials> implements IconSpec {
    protected CredentialsDescriptor(Class<? extends Credentials> a0) {
        super(a0);
    }

    protected CredentialsDescriptor() {}

    public String getIconClassName() {
        return "icon-credentials-credential";
    }
}
