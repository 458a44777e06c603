package hudson.security;

import org.springframework.security.core.context.SecurityContext;

public class ACLContext implements AutoCloseable {
    public SecurityContext getPreviousContext2() {
        throw new UnsupportedOperationException();
    }

    public void close() {}

    ACLContext() {}
}
