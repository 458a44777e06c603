package io.jenkins.plugins.nova.drain.server;

import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.drain.ReasonMarkers;
import io.jenkins.plugins.nova.drain.observe.Observation;
import io.jenkins.plugins.nova.drain.text.ServerWords;
import java.util.Comparator;
import java.util.Optional;

/** How a server that this drain did not move has left the host: only what was read of the server alone proves it. Pure. */
public final class Disappearance {

    private final String host;
    private final String userId;

    /**
     * @param host the host being emptied
     * @param userId whose requests are of this credential; null when not known
     */
    public Disappearance(String host, String userId) {
        this.host = host;
        this.userId = userId;
    }

    /** That it has left, and how, in words; empty unless it is proven. */
    public Optional<String> proven(String serverId, Observation observed) {
        if (observed.gone().contains(serverId)) {
            return Optional.of(ReasonMarkers.DELETED);
        }
        Server alone = observed.read().get(serverId);
        if (alone == null || host.equals(alone.host())) {
            return Optional.empty();
        }
        if (alone.host() == null) {
            return Optional.of("has left the host: it is " + ServerWords.whereabouts(alone));
        }
        return Optional.of("has left the host: it is " + ServerWords.whereabouts(alone)
                + observed.migrationsOf(serverId).stream()
                        .filter(migration -> host.equals(migration.sourceHost()) && !migration.bad())
                        .max(Comparator.comparingLong(Migration::id))
                        .map(migration -> " (" + migration.type() + " " + migration.id() + ", " + by(migration) + ")")
                        .orElse(""));
    }

    /** Who asked for a migration (2.80): a user of this credential may have done so in an earlier build. */
    String by(Migration migration) {
        if (migration.userId() == null) {
            return "not asked for by this step";
        }
        return migration.userId().equals(userId)
                ? "asked for by this credential's user, not by this step"
                : "asked for by user " + migration.userId();
    }
}
