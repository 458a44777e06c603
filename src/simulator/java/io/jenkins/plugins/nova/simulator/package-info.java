/**
 * A simulated OpenStack: Keystone v3, Nova 2.1 and Placement over real HTTP on a loopback port.
 *
 * <p>Start at {@link io.jenkins.plugins.nova.simulator.SimulatedCloud}. Shapes, messages and the order of states were
 * taken from a running Nova (Zed, 2.93); what newer microversions add comes from Nova's request and response schemas.
 * Nothing here sleeps: every transition is an event in {@code VirtualTime}.
 */
package io.jenkins.plugins.nova.simulator;
