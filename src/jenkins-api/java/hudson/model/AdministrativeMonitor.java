package hudson.model;

import hudson.ExtensionPoint;
import org.kohsuke.stapler.StaplerProxy;

public abstract class AdministrativeMonitor extends AbstractModelObject implements ExtensionPoint, StaplerProxy {
    public final String id;

    protected AdministrativeMonitor(String a0) {
        this.id = a0;
    }

    protected AdministrativeMonitor() {
        this.id = getClass().getName();
    }

    public String getDisplayName() {
        return id;
    }

    public abstract boolean isActivated();
}
