/**
 * When is a host's turn in a roll, and which seats have its servers then? Nothing is changed here; the drain begins afterwards.
 */
package io.jenkins.plugins.nova.drain.turn;
