package jenkins.model;

import hudson.ExtensionList;
import hudson.Plugin;
import hudson.ProxyConfiguration;
import hudson.model.AbstractCIBase;
import hudson.model.Computer;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.DescriptorByNameOwner;
import hudson.model.Item;
import hudson.model.ModifiableViewGroup;
import hudson.model.Node;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.util.List;
import jenkins.util.io.OnMaster;
import org.kohsuke.stapler.StaplerFallback;
import org.kohsuke.stapler.StaplerProxy;
import org.springframework.security.core.Authentication;

/**
 * The controller. Nothing makes one by itself: {@link #get} fails and {@link #getInstanceOrNull} gives null until a
 * test constructs a subclass, and again after {@link #cleanUp}.
 */
public class Jenkins extends AbstractCIBase
        implements DirectlyModifiableTopLevelItemGroup,
                StaplerProxy,
                StaplerFallback,
                ModifiableViewGroup,
                AccessControlled,
                DescriptorByNameOwner,
                ModelObjectWithContextMenu,
                ModelObjectWithChildren,
                OnMaster,
                Loadable {
    private static final PermissionGroup GROUP = new PermissionGroup(Jenkins.class, null);
    public static final Permission ADMINISTER = Permission.HUDSON_ADMINISTER;
    public static final Permission MANAGE = new Permission(GROUP, "Manage", null, ADMINISTER, PermissionScope.JENKINS);
    public static final Permission SYSTEM_READ =
            new Permission(GROUP, "SystemRead", null, ADMINISTER, PermissionScope.JENKINS);
    public static final Permission READ = new Permission(GROUP, "Read", null, ADMINISTER, PermissionScope.JENKINS);

    private static volatile Jenkins instance;

    public final transient File root;
    public transient volatile ProxyConfiguration proxy;

    protected Jenkins(File root, ServletContext context) throws IOException, InterruptedException {
        this.root = root;
        instance = this;
    }

    public boolean isTerminating() {
        return false;
    }

    public boolean isQuietingDown() {
        return false;
    }

    public static Jenkins get() throws IllegalStateException {
        Jenkins jenkins = instance;
        if (jenkins == null) {
            throw new IllegalStateException("No Jenkins is running");
        }
        return jenkins;
    }

    public static Jenkins getInstanceOrNull() {
        return instance;
    }

    public void cleanUp() {
        instance = null;
    }

    public File getRootDir() {
        return root;
    }

    public String getLegacyInstanceId() {
        throw new UnsupportedOperationException();
    }

    public String getRootUrl() throws IllegalStateException {
        return null;
    }

    public Plugin getPlugin(String a0) {
        return null;
    }

    public Descriptor getDescriptor(Class<? extends Describable> type) {
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            if (descriptor.clazz == type) {
                return descriptor;
            }
        }
        return null;
    }

    public Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
        Descriptor<?> descriptor = getDescriptor(type);
        if (descriptor == null) {
            throw new AssertionError(type + " is missing its descriptor");
        }
        return descriptor;
    }

    public ACL getACL() {
        return ACL.lambda2((user, permission) -> ACL.SYSTEM2.equals(user));
    }

    public static Authentication getAuthentication2() {
        return ACL.SYSTEM2;
    }

    public String getDisplayName() {
        return "Jenkins";
    }

    public String getFullName() {
        return "";
    }

    public String getFullDisplayName() {
        return "";
    }

    public String getUrlChildPrefix() {
        return "job";
    }

    public List<Node> getNodes() {
        return List.of();
    }

    public Node getNode(String a0) {
        return getNodes().stream()
                .filter(node -> node.getNodeName().equals(a0))
                .findFirst()
                .orElse(null);
    }

    public Computer createComputer() {
        return null;
    }

    public List<TopLevelItem> getItems() {
        throw new UnsupportedOperationException();
    }

    public Item getItemByFullName(String name) {
        throw new UnsupportedOperationException();
    }

    public TopLevelItem getItem(String name) {
        throw new UnsupportedOperationException();
    }

    public File getRootDirFor(TopLevelItem child) {
        return new File(new File(root, "jobs"), child.getName());
    }

    public void onDeleted(TopLevelItem item) throws IOException {
        throw new UnsupportedOperationException();
    }

    public synchronized void save() throws IOException {
        throw new UnsupportedOperationException();
    }

    public void load() throws IOException {
        throw new UnsupportedOperationException();
    }
}
