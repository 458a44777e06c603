/**
 * How does an emptied host come back into service? Its states, what is observed, readiness, the canary, and who comes home.
 */
package io.jenkins.plugins.nova.drain.hostreturn;
