package org.jenkinsci.remoting;

public interface RoleSensitive {
    void checkRoles(RoleChecker a0) throws SecurityException;
}
