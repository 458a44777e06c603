package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;
import java.util.Optional;

/** One reason why a server is moved in one way, or not at all. */
@FunctionalInterface
public interface ServerFilter {

    /**
     * @param server as Nova shows it
     * @param context what else is known
     * @return this filter's word; empty when it has none and the next filter is asked
     */
    Optional<Verdict> judge(Server server, PlanContext context);
}
