package io.jenkins.plugins.nova.plan.room;

import java.util.function.Predicate;

/**
 * One of Nova's conditions on the host that a server may go to.
 *
 * @param allows whether a host keeps it
 * @param otherwise why there is none where no host keeps it, in words that follow "no host can take it: "
 */
public record HostRule(Predicate<HostRoom> allows, String otherwise) {}
