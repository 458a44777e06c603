/**
 * What becomes of one server: is its request clear, what came of its migration, is its time over, did somebody else do
 * something to it? Pure: from a server's state and an observation to its next state. Knows nothing of the
 * host's cordon.
 */
package io.jenkins.plugins.nova.drain.server;
