package io.jenkins.plugins.nova.step.controller;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.nova.drain.claim.Claim;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The builds in which steps of ours are at work, or have been since the controller came up, by the steps' own ids. A build is
 * found here whatever its job is called now, and also when it was deleted while it runs. Told by the steps themselves, when they
 * begin and when they go on after a restart: nothing is asked of Pipeline, so nobody waits for its threads.
 *
 * <p>Thread-safe.
 */
@Extension
public final class BuildsAtWork {

    /** By what the step is called in its claims. Weak: a build that runs is held by its program, one that has ended by nobody. */
    private final Map<String, WeakReference<Run<?, ?>>> builds = new ConcurrentHashMap<>();

    /** The controller's. */
    public static BuildsAtWork get() {
        return ExtensionList.lookupSingleton(BuildsAtWork.class);
    }

    /**
     * A step is at work.
     *
     * @param id its uuid
     * @param build the build that it belongs to
     */
    public void add(String id, Run<?, ?> build) {
        builds.values().removeIf(known -> known.get() == null);
        builds.put(Claim.step(id), new WeakReference<>(build));
    }

    /**
     * The build of a step.
     *
     * @param step as it is called in its claims
     * @return null where no such step has been at work here since the controller came up, or its build is long over
     */
    Run<?, ?> of(String step) {
        WeakReference<Run<?, ?>> build = builds.get(step);
        return build == null ? null : build.get();
    }
}
