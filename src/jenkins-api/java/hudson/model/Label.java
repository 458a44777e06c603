package hudson.model;

import jenkins.model.ModelObjectWithChildren;

public abstract class Label extends Actionable implements Comparable<Label>, ModelObjectWithChildren {
    protected final transient String name;

    protected Label(String a0) {
        this.name = a0;
    }

    public final String getName() {
        return name;
    }

    public String getDisplayName() {
        return name;
    }

    public String getSearchUrl() {
        return null;
    }

    public final int compareTo(Label a0) {
        return name.compareTo(a0.name);
    }
}
