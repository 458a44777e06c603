/**
 * What of a host stands beside Nova, and whose is it? The law of the cordon for every such setting: the value that was found is read,
 * the intent saved, ours set, and later put back only while it is still ours. Pure; may be called by whoever holds a state.
 */
package io.jenkins.plugins.nova.drain.beside;
