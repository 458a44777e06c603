package io.jenkins.plugins.nova.cloud;

import hudson.security.ACL;
import hudson.security.Permission;
import java.io.File;
import java.util.HashSet;
import java.util.Set;
import jenkins.model.Jenkins;
import org.junit.rules.ExternalResource;

/** A controller on which whoever asks has every permission, or none after {@link #deny}. */
public final class SomeJenkins extends ExternalResource {

    private final Set<Permission> asked = new HashSet<>();
    private Jenkins jenkins;
    private boolean allowed = true;

    /** Takes every permission away. */
    public void deny() {
        allowed = false;
    }

    /** Gives every permission. */
    public void allow() {
        allowed = true;
    }

    /** The permissions that were asked for since the last call of this. */
    public Set<Permission> asked() {
        Set<Permission> now = Set.copyOf(asked);
        asked.clear();
        return now;
    }

    @Override
    protected void before() throws Throwable {
        jenkins = new Jenkins(new File("target/some-jenkins"), null) {
            @Override
            public ACL getACL() {
                return ACL.lambda2((user, permission) -> {
                    asked.add(permission);
                    return allowed;
                });
            }
        };
    }

    @Override
    protected void after() {
        jenkins.cleanUp();
    }
}
