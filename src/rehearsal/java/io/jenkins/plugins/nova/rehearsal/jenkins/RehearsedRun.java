package io.jenkins.plugins.nova.rehearsal.jenkins;

import hudson.model.Cause;
import hudson.model.Result;
import hudson.model.Run;
import java.io.File;
import java.util.List;

/** The build of a rehearsal: what the plugin's steps and its page ask of a build. */
public final class RehearsedRun extends Run<RehearsedJob, RehearsedRun> {
    private final File root;
    private final transient RehearsedRun previous;
    private transient List<Cause> causes = List.of();

    RehearsedRun(RehearsedJob job, File root) {
        this(job, root, null);
    }

    private RehearsedRun(RehearsedJob job, File root, RehearsedRun previous) {
        super(job, System.currentTimeMillis());
        this.number = previous == null ? 1 : previous.number + 1;
        this.root = root;
        this.previous = previous;
    }

    /** The job's next build, after this one. */
    public RehearsedRun next(File files) {
        return new RehearsedRun(getParent(), files, this);
    }

    /**
     * Begins build 1 of a job.
     *
     * @param job its name
     * @param root where its files go
     */
    public static RehearsedRun begin(String job, File root) {
        return new RehearsedJob(job, root).build();
    }

    /** This build, begun by another one's {@code build} step. */
    public RehearsedRun startedBy(RehearsedRun upstream) {
        causes = List.of(new Cause.UpstreamCause(upstream));
        return this;
    }

    @Override
    public List<Cause> getCauses() {
        return causes;
    }

    /** Sets the result, even to a better one or to none, as Declarative does around its post conditions. */
    public void replaceResult(Result other) {
        result = other;
    }

    /** The result so far: SUCCESS where nothing has spoilt it. */
    public Result currentResult() {
        return result == null ? Result.SUCCESS : result;
    }

    @Override
    public File getRootDir() {
        return root;
    }

    @Override
    public File getArtifactsDir() {
        return new File(root, "artifacts");
    }

    @Override
    public RehearsedRun getPreviousBuild() {
        return previous;
    }

    @Override
    public String getFullDisplayName() {
        return getParent().getName() + " " + getDisplayName();
    }

    @Override
    public String getExternalizableId() {
        return getParent().getName() + "#" + getNumber();
    }

    @Override
    public String getUrl() {
        return "job/" + getParent().getName() + "/" + getNumber() + "/";
    }
}
