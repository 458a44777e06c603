package hudson.security;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

public interface AccessControlled {
    ACL getACL();

    default void checkPermission(Permission a0) throws AccessDeniedException {
        getACL().checkPermission(a0);
    }

    default boolean hasPermission2(Authentication a0, Permission a1) {
        return a0.equals(ACL.SYSTEM2) || getACL().hasPermission2(a0, a1);
    }

    default boolean hasPermission(Permission a0) {
        return getACL().hasPermission(a0);
    }
}
