/**
 * What does the cloud show? Reads what one tick needs into an {@link io.jenkins.plugins.nova.drain.observe.Observation}, asks a
 * second witness who is on a host, and decides nothing. Called once a tick by {@code drain.run}, whose observation
 * all that decide read.
 */
package io.jenkins.plugins.nova.drain.observe;
