/**
 * What becomes of the host, and of the drain as a whole: preconditions, cordon, room, a plan that has drifted, the last proof
 * and the sentence at the end. Pure, but for what {@link io.jenkins.plugins.nova.drain.claim.Holders} tells.
 */
package io.jenkins.plugins.nova.drain.host;
