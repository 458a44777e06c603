package io.jenkins.plugins.nova.rehearsal.engine;

/**
 * What belongs to the rehearsal and not to the program: where the program is saved, such an object is only pointed at. A
 * controller has for its own either serializable forms or pickles.
 */
public interface Kept {}
