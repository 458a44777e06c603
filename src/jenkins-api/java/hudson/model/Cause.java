package hudson.model;

public abstract class Cause {
    public Cause() {}

    public abstract String getShortDescription();

    public void print(TaskListener a0) {
        a0.getLogger().println(getShortDescription());
    }
}
