package io.jenkins.plugins.nova.rehearsal.build;

import hudson.model.Result;
import io.jenkins.plugins.nova.rehearsal.engine.Kept;
import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import io.jenkins.plugins.nova.rehearsal.engine.RejectedAccess;
import io.jenkins.plugins.nova.rehearsal.engine.Surroundings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The variable {@code currentBuild}. */
public final class CurrentBuild implements Kept {
    private final Build build;
    private final boolean sandbox;

    /** Of a build; {@code sandbox} is whether the script is held to what a controller's sandbox grants. */
    public CurrentBuild(Build build, boolean sandbox) {
        this.build = build;
        this.sandbox = sandbox;
    }

    /** The controller's own object, of which there is none. */
    public Object getRawBuild() {
        if (sandbox) {
            throw new RejectedAccess(
                    "method org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper getRawBuild");
        }
        throw new NotRunnable("the rehearsal does not have rawBuild of currentBuild: there is no controller");
    }

    /** Who or what began it: the operator. */
    public List<Map<String, String>> getBuildCauses() {
        return List.of(Map.of(
                "_class",
                "hudson.model.Cause$UserIdCause",
                "shortDescription",
                "Started by user " + build.operator().name(),
                "userId",
                build.operator().name(),
                "userName",
                build.operator().name()));
    }

    /** Those of one class, by its name. */
    public List<Map<String, String>> getBuildCauses(String type) {
        return getBuildCauses().stream()
                .filter(cause -> cause.get("_class").equals(type))
                .toList();
    }

    /** The parameters, as texts; the variables that the pipeline has set. */
    public Map<String, String> getBuildVariables() {
        Map<String, String> variables = new TreeMap<>(build.variables());
        build.parameters().values().forEach((name, value) -> variables.put(name, String.valueOf(value)));
        return variables;
    }

    /** Nothing was changed between this build and the one before, for there is none. */
    public List<Object> getChangeSets() {
        return List.of();
    }

    /** The builds that this one was started by: none. */
    public List<Object> getUpstreamBuilds() {
        return List.of();
    }

    /** Where a controller would show it. */
    public String getAbsoluteUrl() throws IOException, InterruptedException {
        return build.environment(Surroundings.outermost()).get("BUILD_URL");
    }

    /** A rehearsed build is not kept. */
    public boolean isKeepLog() {
        return false;
    }

    /** The result set so far, or null. */
    public String getResult() {
        Result result = build.run().getResult();
        return result == null ? null : result.toString();
    }

    /** Worsens the result; a better one than there is changes nothing. */
    public void setResult(String result) {
        build.run().setResult(Result.fromString(result));
    }

    /** The result so far, SUCCESS if nothing has spoilt it. */
    public String getCurrentResult() {
        return build.run().currentResult().toString();
    }

    /** Whether the result is at least this good. */
    public boolean resultIsBetterOrEqualTo(String other) {
        return build.run().currentResult().isBetterOrEqualTo(Result.fromString(other));
    }

    /** Whether the result is this bad or worse. */
    public boolean resultIsWorseOrEqualTo(String other) {
        return build.run().currentResult().isWorseOrEqualTo(Result.fromString(other));
    }

    public String getDisplayName() {
        return build.run().getDisplayName();
    }

    public void setDisplayName(String name) throws IOException {
        build.run().setDisplayName(name);
    }

    public String getDescription() {
        return build.run().getDescription();
    }

    public void setDescription(String description) throws IOException {
        build.run().setDescription(description);
    }

    public int getNumber() {
        return build.run().getNumber();
    }

    public String getId() {
        return build.run().getId();
    }

    public String getProjectName() {
        return build.run().getParent().getName();
    }

    public String getFullProjectName() {
        return getProjectName();
    }

    public String getFullDisplayName() {
        return getProjectName() + " " + getDisplayName();
    }

    public long getStartTimeInMillis() {
        return build.run().getTimeInMillis();
    }

    public long getTimeInMillis() {
        return build.run().getTimeInMillis();
    }

    /** Milliseconds so far. */
    public long getDuration() {
        return build.console().elapsed().toMillis();
    }

    public String getDurationString() {
        return build.console().elapsed().toSeconds() + " sec and counting";
    }

    /** A rehearsed build is the first of its job. */
    public CurrentBuild getPreviousBuild() {
        return null;
    }

    public CurrentBuild getNextBuild() {
        return null;
    }

    public CurrentBuild getPreviousBuildInProgress() {
        return null;
    }

    public CurrentBuild getPreviousBuiltBuild() {
        return null;
    }

    public CurrentBuild getPreviousCompletedBuild() {
        return null;
    }

    public CurrentBuild getPreviousFailedBuild() {
        return null;
    }

    public CurrentBuild getPreviousNotFailedBuild() {
        return null;
    }

    public CurrentBuild getPreviousSuccessfulBuild() {
        return null;
    }
}
