package io.jenkins.plugins.nova.drain;

/**
 * A cordon that is taken back because the drain is refused after all.
 *
 * @param why the refusal, in words
 * @param change enabling the service again
 */
public record BackOut(String why, ServiceChange change) {}
