package hudson.model;

import hudson.search.SearchableModelObject;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import java.io.IOException;
import java.util.Collection;
import jenkins.model.Jenkins;
import jenkins.util.io.OnMaster;

public interface Item extends PersistenceRoot, SearchableModelObject, AccessControlled, OnMaster {
    PermissionGroup PERMISSIONS = new PermissionGroup(Item.class, null);
    Permission CONFIGURE = new Permission(PERMISSIONS, "Configure", null, Jenkins.ADMINISTER, PermissionScope.ITEM);
    Permission READ = new Permission(PERMISSIONS, "Read", null, Jenkins.ADMINISTER, PermissionScope.ITEM);
    Permission EXTENDED_READ =
            new Permission(PERMISSIONS, "ExtendedRead", null, Jenkins.ADMINISTER, PermissionScope.ITEM);
    Permission BUILD = new Permission(PERMISSIONS, "Build", null, Jenkins.ADMINISTER, PermissionScope.ITEM);
    Permission CANCEL = new Permission(PERMISSIONS, "Cancel", null, Jenkins.ADMINISTER, PermissionScope.ITEM);

    Collection<? extends Job> getAllJobs();

    String getName();

    String getFullName();

    String getDisplayName();

    String getFullDisplayName();

    String getUrl();

    String getShortUrl();

    void save() throws IOException;
}
