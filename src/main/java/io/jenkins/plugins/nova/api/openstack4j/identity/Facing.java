package io.jenkins.plugins.nova.api.openstack4j.identity;

import java.util.Locale;

/** Which of a service's endpoints in the catalogue is used. */
public enum Facing {
    PUBLIC,
    INTERNAL,
    ADMIN;

    /** The word as Keystone's catalogue has it: public, internal or admin. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
