package hudson.model;

import hudson.remoting.VirtualChannel;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jenkins.model.IComputer;
import jenkins.model.Jenkins;
import jenkins.widgets.HasWidgets;
import org.kohsuke.stapler.StaplerProxy;

public abstract class Computer extends Actionable
        implements AccessControlled, IComputer, ExecutorListener, DescriptorByNameOwner, StaplerProxy, HasWidgets {
    public static final Permission BUILD = new Permission(
            new PermissionGroup(Computer.class, null), "Build", null, Jenkins.ADMINISTER, PermissionScope.COMPUTER);

    protected Computer(Node a0) {}

    public abstract VirtualChannel getChannel();

    public boolean isOffline() {
        return getChannel() == null;
    }
}
