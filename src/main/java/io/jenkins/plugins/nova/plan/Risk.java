package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;
import java.util.Optional;

/**
 * Something that an operator should know of a server that is moved all the same: Nova decides it by what cannot be seen from
 * outside, or it does not matter to an admin.
 */
@FunctionalInterface
public interface Risk {

    /**
     * @param server as Nova shows it
     * @param context what else is known
     * @param action how it is to be moved
     * @return in words that follow the server's name; empty when there is nothing to say
     */
    Optional<String> of(Server server, PlanContext context, Action action);
}
