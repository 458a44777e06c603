package io.jenkins.plugins.nova.rehearsal.build;

import hudson.model.Result;
import java.io.IOException;

/** The variable {@code currentBuild}. It has no rawBuild: that needs script approval on a controller. */
public final class CurrentBuild {
    private final Build build;

    /** Of a build. */
    public CurrentBuild(Build build) {
        this.build = build;
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
}
