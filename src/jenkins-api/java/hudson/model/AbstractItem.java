package hudson.model;

import hudson.Util;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.io.File;
import java.io.IOException;
import java.util.Collection;
import jenkins.model.Jenkins;
import jenkins.model.Loadable;
import org.kohsuke.stapler.HttpDeletable;
import org.kohsuke.stapler.StaplerProxy;

public abstract class AbstractItem extends Actionable
        implements Loadable, Item, HttpDeletable, AccessControlled, DescriptorByNameOwner, StaplerProxy {
    private transient ItemGroup parent;

    protected transient String name;

    protected AbstractItem(ItemGroup a0, String a1) {
        this.parent = a0;
        this.name = a1;
    }

    public String getName() {
        return name;
    }

    public String getDisplayName() {
        return name;
    }

    public File getRootDir() {
        return parent.getRootDirFor(this);
    }

    public abstract Collection<? extends Job> getAllJobs();

    public final String getFullName() {
        String outer = parent.getFullName();
        return outer.isEmpty() ? name : outer + "/" + name;
    }

    public final String getFullDisplayName() {
        String outer = parent.getFullDisplayName();
        return outer.isEmpty() ? getDisplayName() : outer + " » " + getDisplayName();
    }

    public final String getUrl() {
        return parent.getUrl() + getShortUrl();
    }

    public String getShortUrl() {
        return parent.getUrlChildPrefix() + "/" + Util.rawEncode(name) + "/";
    }

    public ACL getACL() {
        return Jenkins.get().getACL();
    }

    public synchronized void save() throws IOException {}

    public void load() throws IOException {
        throw new UnsupportedOperationException();
    }
}
