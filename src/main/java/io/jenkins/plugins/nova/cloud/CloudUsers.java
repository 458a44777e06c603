package io.jenkins.plugins.nova.cloud;

import hudson.ExtensionPoint;
import java.util.function.Consumer;

/** Knows who works on clouds at the moment. */
public abstract class CloudUsers implements ExtensionPoint {

    /**
     * Looks; returns at once.
     *
     * @param found told of each use, from any thread, now or later
     */
    public abstract void find(Consumer<CloudUse> found);
}
