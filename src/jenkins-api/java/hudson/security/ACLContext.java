package hudson.security;

import org.springframework.security.core.context.SecurityContext;

public class ACLContext implements AutoCloseable {

    public void close() {}

    ACLContext() {}
}
