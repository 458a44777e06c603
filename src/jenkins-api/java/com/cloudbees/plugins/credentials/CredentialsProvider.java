package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkins.ui.icon.IconSpec;
import org.springframework.security.core.Authentication;

public abstract class CredentialsProvider extends Descriptor<CredentialsProvider>
        implements ExtensionPoint, Describable<CredentialsProvider>, IconSpec {
    private static final PermissionGroup GROUP = new PermissionGroup(CredentialsProvider.class, null);

    public static final Permission USE_OWN =
            new Permission(GROUP, "UseOwn", null, Jenkins.ADMINISTER, PermissionScope.JENKINS);
    public static final Permission USE_ITEM =
            new Permission(GROUP, "UseItem", null, Jenkins.ADMINISTER, PermissionScope.ITEM);
    public static final Permission VIEW = new Permission(GROUP, "View", null, Jenkins.ADMINISTER, PermissionScope.ITEM);

    public CredentialsProvider() {}

    public static <C extends Credentials> List<C> lookupCredentialsInItemGroup(
            Class<C> a0, ItemGroup a1, Authentication a2, List<DomainRequirement> a3) {
        List<C> found = new ArrayList<>();
        for (CredentialsProvider provider : ExtensionList.lookup(CredentialsProvider.class)) {
            found.addAll(provider.getCredentialsInItemGroup(a0, a1, a2, a3));
        }
        return found;
    }

    public static <C extends Credentials> List<C> lookupCredentialsInItem(
            Class<C> a0, Item a1, Authentication a2, List<DomainRequirement> a3) {
        List<C> found = new ArrayList<>();
        for (CredentialsProvider provider : ExtensionList.lookup(CredentialsProvider.class)) {
            found.addAll(provider.getCredentialsInItem(a0, a1, a2, a3));
        }
        return found;
    }

    public static <C extends IdCredentials> C findCredentialById(String a0, Class<C> a1, Run<?, ?> a2) {
        return findCredentialById(a0, a1, a2, List.of());
    }

    public static <C extends IdCredentials> C findCredentialById(
            String a0, Class<C> a1, Run<?, ?> a2, List<DomainRequirement> a3) {
        Item job = a2.getParent();
        Authentication user = job instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
        List<C> candidates = new ArrayList<>(lookupCredentialsInItem(a1, job, user, a3));
        if (!user.equals(ACL.SYSTEM2) && a2.getACL().hasPermission2(user, USE_ITEM)) {
            candidates.addAll(lookupCredentialsInItem(a1, job, ACL.SYSTEM2, a3));
        }
        return CredentialsMatchers.firstOrNull(candidates, CredentialsMatchers.withId(a0));
    }

    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            Class<C> a0, ItemGroup a1, Authentication a2, List<DomainRequirement> a3) {
        return List.of();
    }

    public <C extends Credentials> List<C> getCredentialsInItem(
            Class<C> a0, Item a1, Authentication a2, List<DomainRequirement> a3) {
        return getCredentialsInItemGroup(a0, Jenkins.getInstanceOrNull(), a2, a3);
    }

    public CredentialsStore getStore(ModelObject a0) {
        return null;
    }

    public static Iterable<CredentialsStore> lookupStores(ModelObject a0) {
        List<CredentialsStore> found = new ArrayList<>();
        for (CredentialsProvider provider : ExtensionList.lookup(CredentialsProvider.class)) {
            CredentialsStore store = provider.getStore(a0);
            if (store != null) {
                found.add(store);
            }
        }
        return found;
    }

    public static <C extends Credentials> C track(Run a0, C a1) {
        return a1;
    }
}
