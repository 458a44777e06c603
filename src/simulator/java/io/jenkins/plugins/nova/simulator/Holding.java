package io.jenkins.plugins.nova.simulator;

/**
 * What one consumer has of a host's resource provider.
 *
 * @param consumer a server's id, or a migration's uuid: Nova hands the source side of a move to the migration
 * @param server whose resources they are
 * @param flavor what it was, or is to be, there
 */
record Holding(String consumer, SimServer server, SimFlavor flavor) {}
