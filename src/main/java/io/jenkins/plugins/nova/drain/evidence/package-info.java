/**
 * Does the guest run? What is looked at before the old copy of a server is given up by a confirm, and what it is worth. The
 * reader asks Nova; the rest is data. Part of orders and states, so it knows neither.
 */
package io.jenkins.plugins.nova.drain.evidence;
