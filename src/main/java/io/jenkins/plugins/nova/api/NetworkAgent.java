package io.jenkins.plugins.nova.api;

/**
 * An agent of Neutron's on a host.
 *
 * @param id what Neutron calls it
 * @param type such as {@code Open vSwitch agent}
 * @param alive whether it has reported to Neutron of late (agent_down_time, 75 s by default)
 * @param heartbeat when it last did, as Neutron writes that, to be compared with another of its own only; empty when not told
 */
public record NetworkAgent(String id, String type, boolean alive, String heartbeat) {}
