package io.jenkins.plugins.nova.rehearsal.steps;

/**
 * How far a rehearsal reaches beyond its own build.
 *
 * @param commands whether sh really runs, and files outside the workspace are really read and written; otherwise both are
 *     shown only
 * @param sandbox whether calls of the script itself that a controller's sandbox refuses are refused: files, processes,
 *     connections, the environment
 * @param stubs the steps that do nothing, and what they return
 */
public record Reach(boolean commands, boolean sandbox, Stubs stubs) {}
