package io.jenkins.plugins.nova.rehearsal.jenkins;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.security.ACL;
import java.io.File;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.security.core.Authentication;

/** The job that a rehearsed build belongs to: it has this build and no other. */
public final class RehearsedJob extends Job<RehearsedJob, RehearsedRun> implements Queue.Task {
    private final File root;
    private final RehearsedRun build;

    private Authentication user = ACL.SYSTEM2;
    private ACL acl;

    RehearsedJob(String name, File root) {
        super(null, name);
        this.root = root;
        this.build = new RehearsedRun(this, root);
    }

    RehearsedRun build() {
        return build;
    }

    /** Gives it, and so its builds, another name: as one that is moved or renamed while they run. */
    public RehearsedJob renamed(String other) {
        name = other;
        return this;
    }

    /** Has its builds run as this user. */
    public RehearsedJob runsAs(Authentication other) {
        user = other;
        return this;
    }

    /** Says who may do what with it; Jenkins does where this is not called. */
    public RehearsedJob permits(ACL other) {
        acl = other;
        return this;
    }

    @Override
    public Authentication getDefaultAuthentication2() {
        return user;
    }

    @Override
    public ACL getACL() {
        return acl == null ? super.getACL() : acl;
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
