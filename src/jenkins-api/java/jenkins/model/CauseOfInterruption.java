package jenkins.model;

import hudson.model.TaskListener;
import java.io.Serializable;

public abstract class CauseOfInterruption implements Serializable {
    public CauseOfInterruption() {}

    public abstract String getShortDescription();
}
