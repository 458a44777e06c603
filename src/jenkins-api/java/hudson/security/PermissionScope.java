package hudson.security;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import hudson.model.Run;

public final class PermissionScope {
    public final Class<? extends ModelObject> modelClass;
    public static final PermissionScope JENKINS = new PermissionScope(ModelObject.class);
    public static final PermissionScope ITEM_GROUP = new PermissionScope(ItemGroup.class, JENKINS);
    public static final PermissionScope ITEM = new PermissionScope(Item.class, ITEM_GROUP);
    public static final PermissionScope RUN = new PermissionScope(Run.class, ITEM);
    public static final PermissionScope COMPUTER = new PermissionScope(ModelObject.class, JENKINS);

    public PermissionScope(Class<? extends ModelObject> a0, PermissionScope... a1) {
        this.modelClass = a0;
    }
}
