package io.jenkins.plugins.nova.api;

/** The {@code block_migration} of os-migrateLive. {@link #AUTO} (2.25) lets Nova look at the storage. */
public enum BlockMigration {
    AUTO,
    TRUE,
    FALSE
}
