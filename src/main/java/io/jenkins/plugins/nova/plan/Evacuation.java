package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import java.time.Duration;
import java.util.Optional;

/** Evacuations of others. */
public final class Evacuation {

    /**
     * A task or a migration whose record has not changed for so long is told with its age. Nova changes the records of what
     * it is at far more often; rows of migrations that died under a conductor stay as they were for ever.
     */
    public static final Duration STALE = Duration.ofHours(1);

    private Evacuation() {}

    /**
     * The evacuation that is at work on a server: not ended, and either seen to go on or with the task of it. A row alone that
     * is older is what a conductor left that died; it hinders nobody, and neither does a task of such an age on a server that
     * the pipeline approves.
     */
    public static Optional<Migration> atWork(Server server, Estate estate, boolean approved) {
        return estate.migrationsOf(server.id()).stream()
                .filter(migration -> atWork(server, migration, estate, approved))
                .findFirst();
    }

    /** The same of one migration. */
    public static boolean atWork(Server server, Migration migration, Estate estate, boolean approved) {
        if (!migration.evacuationUnderWay()) {
            return false;
        }
        boolean rebuilds = server.taskState() != null && server.taskState().startsWith("rebuild");
        boolean stale = estate.age(migration.updated())
                .filter(age -> age.compareTo(STALE) > 0)
                .isPresent();
        return !stale || (rebuilds && !approved);
    }
}
