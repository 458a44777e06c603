package hudson.security;

import org.springframework.security.access.AccessDeniedException;

public interface AccessControlled {
    ACL getACL();

    default void checkPermission(Permission a0) throws AccessDeniedException {
        getACL().checkPermission(a0);
    }

    default boolean hasPermission(Permission a0) {
        return getACL().hasPermission(a0);
    }
}
