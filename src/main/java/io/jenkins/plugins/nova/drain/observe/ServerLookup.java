package io.jenkins.plugins.nova.drain.observe;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Server;
import java.util.Optional;

/** One server read by its id. */
public final class ServerLookup {

    private ServerLookup() {}

    /**
     * The server; empty when Nova says that there is none. Nova names the server that it does not find (nova/exception.py,
     * InstanceNotFound); any other 404 is a proxy's and says nothing of it.
     *
     * @throws NovaException when it could not be read
     */
    public static Optional<Server> find(Nova nova, String id) {
        try {
            return Optional.of(nova.server(id));
        } catch (NovaException.Refused e) {
            if (e.status() != 404 || !e.novaMessage().contains(id)) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
