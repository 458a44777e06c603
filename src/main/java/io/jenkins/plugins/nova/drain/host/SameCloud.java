package io.jenkins.plugins.nova.drain.host;

import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.DrainState;

/**
 * Holds a drain to the cloud it began on. Under the same name the configuration may come to mean another cloud, to which this
 * drain's servers are unknown: they would read deleted there.
 */
public final class SameCloud {

    private SameCloud() {}

    /** How a cloud is called in a drain's state. */
    static String name(Identity identity) {
        return identity.cloud() + " (" + identity.region() + ")";
    }

    /**
     * @throws NovaException.Missing when the session is not to the cloud that the drain began on
     */
    public static void check(DrainState state, Identity identity) {
        if (state.cloud() != null && !state.cloud().equals(name(identity))) {
            throw new NovaException.Missing("this step began on " + state.cloud() + ", and the configuration now means "
                    + name(identity)
                    + ", where its servers are not known. Put the identity URL and region of that cloud"
                    + " back until the build has ended; the step then goes on");
        }
    }
}
