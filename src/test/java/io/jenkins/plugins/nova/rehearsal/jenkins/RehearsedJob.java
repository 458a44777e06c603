package io.jenkins.plugins.nova.rehearsal.jenkins;

import hudson.model.Job;
import hudson.model.Result;
import java.io.File;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The job that a rehearsed build belongs to: it has this build and no other. */
public final class RehearsedJob extends Job<RehearsedJob, RehearsedRun> {
    private final File root;
    private final RehearsedRun build;

    RehearsedJob(String name, File root) {
        super(null, name);
        this.root = root;
        this.build = new RehearsedRun(this, root);
    }

    RehearsedRun build() {
        return build;
    }

    @Override
    public File getRootDir() {
        return root;
    }

    @Override
    public boolean isBuildable() {
        return true;
    }

    @Override
    protected SortedMap<Integer, RehearsedRun> _getRuns() {
        return new TreeMap<>(java.util.Map.of(1, build));
    }

    @Override
    protected void removeRun(RehearsedRun run) {
        throw new UnsupportedOperationException("a rehearsed build is not removed, its result was "
                + (run.getResult() == null ? Result.SUCCESS : run.getResult()));
    }

    @Override
    public Collection<? extends Job> getAllJobs() {
        return List.of(this);
    }
}
