/**
 * Does a guest answer while its server is moved? Where it is looked at, what was heard, and what that is worth. Data and the port by
 * which somebody looks; part of orders and states, so it knows neither.
 */
package io.jenkins.plugins.nova.drain.guest;
