/**
 * What happens at a tick, in order: {@link io.jenkins.plugins.nova.drain.decide.PhaseTick} for the phases of a drain,
 * {@link io.jenkins.plugins.nova.drain.decide.MoveTick} for the passes of a tick while servers are moved. Pure, but for what
 * {@link io.jenkins.plugins.nova.drain.claim.Holders} tells. Called by {@code drain.run} alone.
 */
package io.jenkins.plugins.nova.drain.decide;
