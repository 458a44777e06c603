package hudson.model;

import hudson.ExtensionPoint;
import hudson.model.labels.LabelAtom;
import hudson.model.queue.CauseOfBlockage;
import hudson.remoting.VirtualChannel;
import hudson.security.AccessControlled;
import jenkins.util.io.OnMaster;

public abstract class Node extends AbstractModelObject
        implements ReconfigurableDescribable<Node>, ExtensionPoint, AccessControlled, OnMaster, PersistenceRoot {
    public Node() {}

    public abstract String getNodeName();

    public LabelAtom getSelfLabel() {
        return new LabelAtom(getNodeName());
    }

    public CauseOfBlockage canTake(Queue.BuildableItem a0) {
        return null;
    }

    public final Computer toComputer() {
        return createComputer();
    }

    protected abstract Computer createComputer();

    public final VirtualChannel getChannel() {
        Computer computer = toComputer();
        return computer == null ? null : computer.getChannel();
    }
}
