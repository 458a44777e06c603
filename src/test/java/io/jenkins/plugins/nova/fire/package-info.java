/**
 * The drain under fire: killed at every request, every fault at every kind of request, owners who do as they please.
 * {@code mvn -q -Pfire verify} runs all of it; {@code mvn verify} a small part.
 */
package io.jenkins.plugins.nova.fire;
