package io.jenkins.plugins.nova.drain;

import java.time.Instant;

/**
 * The build asks the drain to stop.
 *
 * @param at when
 * @param why in words, such as who aborted it
 */
public record Stop(Instant at, String why) {}
