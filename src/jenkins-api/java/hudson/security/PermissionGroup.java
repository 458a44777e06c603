package hudson.security;

import java.util.Iterator;
import org.jvnet.localizer.Localizable;

public final class PermissionGroup implements Iterable<Permission>, Comparable<PermissionGroup> {
    public final Class owner;
    public final Localizable title;

    public PermissionGroup(Class a0, Localizable a1) throws IllegalStateException {
        this.owner = a0;
        this.title = a1;
    }

    public Iterator<Permission> iterator() {
        throw new UnsupportedOperationException();
    }

    public int compareTo(PermissionGroup a0) {
        return owner.getName().compareTo(a0.owner.getName());
    }
}
