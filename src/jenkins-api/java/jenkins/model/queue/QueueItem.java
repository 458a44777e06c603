package jenkins.model.queue;

import hudson.model.ModelObject;

public interface QueueItem extends ModelObject {
    default String getDisplayName() {
        return null;
    }
}
