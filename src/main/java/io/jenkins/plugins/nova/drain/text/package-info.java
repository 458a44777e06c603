/**
 * How quantities, servers and sentences are written for people. Asked by all other parts of drain; knows none of them.
 */
package io.jenkins.plugins.nova.drain.text;
