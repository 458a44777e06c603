package jenkins.model;

import hudson.ExtensionPoint;

public abstract class TransientActionFactory<T> implements ExtensionPoint {
    public TransientActionFactory() {}

    public abstract Class<T> type();
}
