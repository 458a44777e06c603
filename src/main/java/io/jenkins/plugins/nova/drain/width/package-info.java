/**
 * How many moves go on at a time, kind by kind? What a drain has learned of that from how its moves went: numbers, times and
 * byte counts, and nothing of servers. Pure; part of the saved state.
 */
package io.jenkins.plugins.nova.drain.width;
