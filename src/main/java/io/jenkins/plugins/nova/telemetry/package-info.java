/**
 * What do others learn of drains: extensions that listen, and where their plugins are installed metrics and spans? Knows what a
 * drain's state is, and nothing of the steps. Only {@link io.jenkins.plugins.nova.telemetry.DrainMetrics} and
 * {@link io.jenkins.plugins.nova.telemetry.ServerSpans} name classes that a controller need not have.
 */
package io.jenkins.plugins.nova.telemetry;
