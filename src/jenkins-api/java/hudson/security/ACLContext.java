package hudson.security;

public class ACLContext implements AutoCloseable {

    public void close() {}

    ACLContext() {}
}
