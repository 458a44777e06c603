package io.jenkins.plugins.nova.api.openstack4j.identity;

import java.time.Duration;
import java.time.Instant;
import org.openstack4j.core.transport.Config;
import org.openstack4j.model.identity.v3.Token;

/**
 * One token with what came with it. Not a record: no {@code toString} may show the token.
 */
public final class Grant {

    private final Token token;
    private final Catalogue catalogue;
    private final Config config;
    private final Instant came;
    private final Duration life;
    private int users;
    private Instant lastUsed;
    private boolean atWork;

    /**
     * @param came when, by this JVM's clock
     * @param life how long it lives from then; null when not known
     */
    Grant(Token token, Catalogue catalogue, Config config, Instant came, Duration life) {
        this.token = token;
        this.catalogue = catalogue;
        this.config = config;
        this.came = came;
        this.life = life;
        this.lastUsed = came;
    }

    Token token() {
        return token;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Config config() {
        return config;
    }

    /** When it came, by this JVM's clock. */
    Instant came() {
        return came;
    }

    /** How long it lives still; null when not known. */
    Duration left(Instant now) {
        return life == null ? null : life.minus(Duration.between(came, now));
    }

    synchronized void use() {
        users++;
    }

    synchronized void leave(Instant now) {
        users--;
        lastUsed = now;
    }

    /** Whether nobody uses it, nor has since then. */
    synchronized boolean quietSince(Instant then) {
        return users == 0 && !lastUsed.isAfter(then);
    }

    /**
     * A change that the cloud goes on with was taken under this token: Nova keeps it for what it asks of Neutron and Cinder
     * until the move is over, and a revoked one would fail the move there.
     */
    public synchronized void setToWork() {
        atWork = true;
    }

    /** Whether the cloud may be working with it still. */
    synchronized boolean atWork() {
        return atWork;
    }

    @Override
    public String toString() {
        return "a token of " + came;
    }
}
