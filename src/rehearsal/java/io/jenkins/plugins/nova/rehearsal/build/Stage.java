package io.jenkins.plugins.nova.rehearsal.build;

import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.engine.Kept;

/** A stage under way, and the worst that a step marked it with while the build went on. */
public final class Stage implements Kept {
    private final String name;
    private Result mark = Result.SUCCESS;

    /** A stage that nothing has marked yet. */
    public Stage(String name) {
        this.name = name;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Marks it, unless it has a worse mark. */
    public void mark(Result worse) {
        mark = mark.combine(worse);
    }

    /** Its mark. */
    public Result mark() {
        return mark;
    }
}
