package hudson.security;

import org.jvnet.localizer.Localizable;

public final class Permission {
    public final Class owner;
    public final PermissionGroup group;
    public final String name;
    public final Localizable description;
    public final Permission impliedBy;
    public boolean enabled;
    public static final Permission HUDSON_ADMINISTER = new Permission(
            new PermissionGroup(Permission.class, null), "Administer", null, null, PermissionScope.JENKINS);

    public Permission(PermissionGroup a0, String a1, Localizable a2, Permission a3, PermissionScope a4) {
        this.owner = a0.owner;
        this.group = a0;
        this.name = a1;
        this.description = a2;
        this.impliedBy = a3;
        this.enabled = true;
    }

    public String getId() {
        return owner.getName() + "." + name;
    }

    public String toString() {
        return getId();
    }
}
