/**
 * In which order may many hosts be emptied, worked on and taken back, which of them may be away together, and where does each server
 * go meanwhile, so that it moves once where there is room for that? Plain Java over what was read once.
 */
package io.jenkins.plugins.nova.plan.roll;
