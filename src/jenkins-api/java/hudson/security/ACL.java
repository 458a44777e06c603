package hudson.security;

import java.util.function.BiFunction;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

public abstract class ACL {
    public static final Authentication SYSTEM2 = new SystemAuthentication();

    public ACL() {}

    public final void checkPermission(Permission a0) {
        if (!hasPermission(a0)) {
            throw new AccessDeniedException(
                    Jenkins.getAuthentication2().getName() + " is missing the " + a0 + " permission");
        }
    }

    public final boolean hasPermission(Permission a0) {
        return hasPermission2(Jenkins.getAuthentication2(), a0);
    }

    public boolean hasPermission2(Authentication a0, Permission a1) {
        throw new AbstractMethodError();
    }

    public static ACL lambda2(BiFunction<Authentication, Permission, Boolean> a0) {
        return new ACL() {
            @Override
            public boolean hasPermission2(Authentication user, Permission permission) {
                return a0.apply(user, permission);
            }
        };
    }

    public static ACLContext as2(Authentication a0) {
        return new ACLContext();
    }
}
