package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * As whom the builds of a job run: Jenkins itself (SYSTEM), or a user where an authenticator of builds says so, such as that
 * of the plugin Authorize Project. Forms look with the same eyes, and find neither more nor less than a build would.
 */
public final class JobAuthentication {

    private final Item item;
    private final Authentication user;

    private JobAuthentication(Item item, Authentication user) {
        this.item = item;
        this.user = user;
    }

    /**
     * That of a job.
     *
     * @param item null outside of one, where it is Jenkins itself, as in a folder
     */
    public static JobAuthentication of(Item item) {
        return new JobAuthentication(
                item, item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2);
    }

    /** Whether it is Jenkins itself, which may see and use everything. */
    public boolean isSystem() {
        return ACL.SYSTEM2.equals(user);
    }

    /** Whether builds of this job may see another job. */
    public boolean maySee(Item other) {
        return isSystem() || other.hasPermission2(user, Item.READ);
    }

    /**
     * As whom CredentialsProvider.findCredentialById looks for a build: its user, who has credentials that were given to him
     * alone; and Jenkins itself, which has those of Jenkins and of folders, where that user may use them.
     */
    private List<Authentication> eyes() {
        if (isSystem()) {
            return List.of(user);
        }
        return item.hasPermission2(user, CredentialsProvider.USE_ITEM) ? List.of(user, ACL.SYSTEM2) : List.of(user);
    }

    /** The credentials that a build may use for these requirements. */
    List<StandardCredentials> credentials(List<DomainRequirement> requirements) {
        List<StandardCredentials> found = new ArrayList<>();
        for (Authentication eye : eyes()) {
            found.addAll(
                    item == null
                            ? CredentialsProvider.lookupCredentialsInItemGroup(
                                    StandardCredentials.class, Jenkins.get(), eye, requirements)
                            : CredentialsProvider.lookupCredentialsInItem(
                                    StandardCredentials.class, item, eye, requirements));
        }
        return found;
    }

    /** Adds those of them that OpenStack can use to a drop-down. */
    void offer(StandardListBoxModel items, List<DomainRequirement> requirements) {
        for (Authentication eye : eyes()) {
            if (item == null) {
                items.includeMatchingAs(
                        eye, Jenkins.get(), StandardCredentials.class, requirements, OpenStackCredentials.accepted());
            } else {
                items.includeMatchingAs(
                        eye, item, StandardCredentials.class, requirements, OpenStackCredentials.accepted());
            }
        }
    }

    /** For messages about what a job may do: who it runs as, with a blank before it; empty for Jenkins itself. */
    String words() {
        return isSystem() ? "" : " (it runs as '" + user.getName() + "')";
    }
}
