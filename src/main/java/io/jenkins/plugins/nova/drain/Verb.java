package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.plan.Action;

/** A request that changes a server, with Nova's name of the instance action that records it. */
public enum Verb {
    LIVE("live-migration", "live migration"),
    COLD("migrate", "cold migration"),
    EVACUATE("evacuate", "evacuation"),
    FAILOVER("failover", "failover"),
    CONFIRM("confirmResize", "confirm"),
    REVERT("revertResize", "revert"),
    ABORT("live_migration_cancel", "abort"),
    FORCE_COMPLETE("live_migration_force_complete", "force complete");

    private final String actionName;
    private final String words;

    Verb(String actionName, String words) {
        this.actionName = actionName;
        this.words = words;
    }

    /** As os-instance-actions names it (nova/compute/instance_actions.py); a failover, which is Octavia's, is in none. */
    public String actionName() {
        return actionName;
    }

    /** For the console. */
    public String words() {
        return words;
    }

    /** For the console: {@code a cold migration}, {@code an evacuation}. */
    String one() {
        return (this == EVACUATE ? "an " : "a ") + words;
    }

    /** The migration_type of the migration that this verb makes; null when it makes none (nova/objects/fields.py). */
    public String migrationType() {
        return switch (this) {
            case LIVE -> "live-migration";
            case COLD -> "migration";
            case EVACUATE -> "evacuation";
            default -> null;
        };
    }

    /** The kind of the {@link Span} in which Nova is at it. */
    public String span() {
        return switch (this) {
            case LIVE -> "live";
            case COLD -> "cold";
            case EVACUATE -> "rebuild";
            case FAILOVER -> "failover";
            case CONFIRM -> "confirm";
            case REVERT -> "revert";
            case ABORT -> "abort";
            case FORCE_COMPLETE -> "force";
        };
    }

    /**
     * The kind of the {@link Span} from its request until Nova tells of its record. A live migration may wait there for its
     * turn on the host (max_concurrent_live_migrations), and copies nothing until its record is past "queued".
     */
    public String askedSpan() {
        return this == LIVE ? "queued" : span();
    }

    /** The request that carries an action out; the action must be one that acts. */
    public static Verb of(Action action) {
        return switch (action) {
            case LIVE -> LIVE;
            case COLD -> COLD;
            case REBUILD -> EVACUATE;
            case FAILOVER -> FAILOVER;
            case CONFIRM -> CONFIRM;
            case REVERT -> REVERT;
            case SKIP, BLOCKED -> throw new IllegalArgumentException(action + " asks nothing of Nova");
        };
    }
}
