/**
 * The state machine that empties a host or moves chosen servers: intents, ticks, deadlines, outcomes. Plain Java over
 * {@code plan} and {@code api}; knows neither Jenkins nor HTTP.
 *
 * <p>A tick is: read what the cloud did ({@link io.jenkins.plugins.nova.drain.Observer}), decide what follows
 * ({@link io.jenkins.plugins.nova.drain.Drain}, pure), save the state with the new intents in it, and only then send
 * them ({@link io.jenkins.plugins.nova.drain.Sender}). {@link io.jenkins.plugins.nova.drain.DrainRunner} puts these
 * together over ports that its user provides.
 */
package io.jenkins.plugins.nova.drain;
