/**
 * What will move, how, and what cannot and why: a row of small filters over the servers of a host. Plain Java over the
 * records of {@code api}; knows neither Jenkins nor HTTP.
 */
package io.jenkins.plugins.nova.plan;
