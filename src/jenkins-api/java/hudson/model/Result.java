package hudson.model;

import java.io.Serializable;
import org.kohsuke.stapler.export.CustomExportedBean;

public final class Result implements Serializable, CustomExportedBean {
    public static final Result SUCCESS = new Result("SUCCESS", 0, true);
    public static final Result UNSTABLE = new Result("UNSTABLE", 1, true);
    public static final Result FAILURE = new Result("FAILURE", 2, true);
    public static final Result NOT_BUILT = new Result("NOT_BUILT", 3, false);
    public static final Result ABORTED = new Result("ABORTED", 4, false);
    public final int ordinal;
    public final boolean completeBuild;
    private final String name;

    public Result combine(Result a0) {
        return ordinal >= a0.ordinal ? this : a0;
    }

    public static Result combine(Result a0, Result a1) {
        return a0 == null ? a1 : a1 == null ? a0 : a0.combine(a1);
    }

    public boolean isWorseThan(Result a0) {
        return ordinal > a0.ordinal;
    }

    public boolean isWorseOrEqualTo(Result a0) {
        return ordinal >= a0.ordinal;
    }

    public boolean isBetterThan(Result a0) {
        return ordinal < a0.ordinal;
    }

    public boolean isBetterOrEqualTo(Result a0) {
        return ordinal <= a0.ordinal;
    }

    public boolean isCompleteBuild() {
        return completeBuild;
    }

    public String toString() {
        return name;
    }

    public static Result fromString(String a0) {
        for (Result result : new Result[] {SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED}) {
            if (result.name.equalsIgnoreCase(a0)) {
                return result;
            }
        }
        return FAILURE;
    }

    private Object readResolve() {
        return fromString(name);
    }

    private Result(String name, int ordinal, boolean completeBuild) {
        this.name = name;
        this.ordinal = ordinal;
        this.completeBuild = completeBuild;
    }
}
