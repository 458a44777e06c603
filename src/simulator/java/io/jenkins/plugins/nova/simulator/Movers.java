package io.jenkins.plugins.nova.simulator;

/** What moves servers. */
record Movers(LiveMigrator live, ColdMigrator cold, Evacuator evacuator) {}
