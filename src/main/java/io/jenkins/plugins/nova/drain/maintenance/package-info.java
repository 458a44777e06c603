/**
 * How do a drain, the body of nodeMaintenance and the host's return follow each other?
 */
package io.jenkins.plugins.nova.drain.maintenance;
