package com.cloudbees.plugins.credentials.impl;

import com.cloudbees.plugins.credentials.BaseCredentials;
import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.Util;
import java.util.UUID;

public abstract class BaseStandardCredentials extends BaseCredentials implements StandardCredentials {
    private final String id;
    private final String description;

    public BaseStandardCredentials(String a0, String a1) {
        this(null, a0, a1);
    }

    public BaseStandardCredentials(CredentialsScope a0, String a1, String a2) {
        super(a0);
        this.id = a1 == null || a1.isEmpty() ? UUID.randomUUID().toString() : a1;
        this.description = Util.fixNull(a2);
    }

    public String getDescription() {
        return description;
    }

    public String getId() {
        return id;
    }

    public final int hashCode() {
        return id.hashCode();
    }

    public final boolean equals(Object a0) {
        return a0 instanceof IdCredentials && id.equals(((IdCredentials) a0).getId());
    }

    public abstract static class BaseStandardCredentialsDescriptor extends CredentialsDescriptor {
        protected BaseStandardCredentialsDescriptor() {}

        protected BaseStandardCredentialsDescriptor(Class<? extends BaseStandardCredentials> a0) {
            super(a0);
        }
    }
}
