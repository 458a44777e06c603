package io.jenkins.plugins.nova.api;

/**
 * A server as lists show it.
 *
 * @param id the uuid
 * @param name as its owner gave it; not unique; empty when not told
 */
public record ServerName(String id, String name) {}
