package io.jenkins.plugins.nova.drain.hostreturn;

/**
 * A server of the manifest that is not brought home.
 *
 * @param id its uuid
 * @param name for people
 * @param on the host it is on; null when it has none
 * @param reason why, in words
 */
public record StayedAway(String id, String name, String on, String reason) {}
