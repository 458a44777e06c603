package io.jenkins.plugins.nova.telemetry;

/**
 * Where something happened.
 *
 * @param cloud the cloud's name in the configuration
 * @param step the step's name in the Pipeline
 * @param job the full name of the job, as it is called now
 * @param build the number of its build
 */
public record Origin(String cloud, String step, String job, int build) {}
