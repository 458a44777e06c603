package hudson.model;

import hudson.ExtensionPoint;
import hudson.security.ACL;
import java.io.File;
import java.util.SortedMap;
import jenkins.model.ModelObjectWithChildren;
import jenkins.widgets.HasWidgets;
import org.kohsuke.stapler.StaplerOverridable;

public abstract class Job<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends AbstractItem
        implements ExtensionPoint, StaplerOverridable, ModelObjectWithChildren, HasWidgets {
    protected Job(ItemGroup a0, String a1) {
        super(a0, a1);
    }

    public abstract boolean isBuildable();

    public <T extends JobProperty> T getProperty(Class<T> a0) {
        return null;
    }

    public RunT getBuildByNumber(int a0) {
        return _getRuns().get(a0);
    }

    public File getBuildDir() {
        return new File(getRootDir(), "builds");
    }

    protected abstract SortedMap<Integer, ? extends RunT> _getRuns();

    protected abstract void removeRun(RunT a0);

    public ACL getACL() {
        return super.getACL();
    }
}
