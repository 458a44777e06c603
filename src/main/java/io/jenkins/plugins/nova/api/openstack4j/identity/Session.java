package io.jenkins.plugins.nova.api.openstack4j.identity;

import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.http.Answer;
import io.jenkins.plugins.nova.api.openstack4j.http.Backoff;
import io.jenkins.plugins.nova.api.openstack4j.http.CloudClock;
import io.jenkins.plugins.nova.api.openstack4j.http.RefusalReader;
import io.jenkins.plugins.nova.api.openstack4j.http.Wire;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.openstack4j.api.OSClient.OSClientV3;
import org.openstack4j.api.client.CloudProvider;
import org.openstack4j.api.types.Facing;
import org.openstack4j.core.transport.Config;
import org.openstack4j.model.common.Identifier;
import org.openstack4j.model.identity.v3.Token;
import org.openstack4j.openstack.identity.v3.domain.KeystoneAuth;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;
import org.openstack4j.openstack.internal.OSAuthenticator;
import org.openstack4j.openstack.internal.OSClientSession.OSClientSessionV3;

/**
 * One login at one cloud, shared by threads.
 *
 * <p>openstack4j keeps "the" session in a ThreadLocal that every login replaces, so that two clouds on one thread mix.
 * Here each call is made inside {@link #with}, which binds this cloud's session for its duration and leaves an empty
 * one behind: no token stays on a thread that goes back to somebody's pool.
 *
 * <p>No thread waits for another's monitor here while that one waits for the cloud: see {@link Door}.
 */
public final class Session {

    /** A token younger than this is not renewed: what lives too short then lives too short whatever is done. */
    static final Duration FRESH = Duration.ofMinutes(1);

    /** A token is revoked once nobody has used it for this long: a tick may pause between two calls. */
    public static final Duration QUIET = Duration.ofMinutes(2);

    /** Keystone, to which logins go. */
    public static final String IDENTITY = "identity";

    /** How requests name their sender. */
    static final String AGENT = "nova-maintenance";

    private final CloudEndpoint cloud;
    private final Login login;
    private final Wire wire;
    private final Door door;
    private final Clock clock;
    private final CloudClock cloudClock = new CloudClock();
    private final Backoff backoff;
    private final List<Grant> replaced = new ArrayList<>();
    private volatile Grant current;

    /**
     * @param cloud where it is
     * @param login as whom; not kept longer than the session
     * @param wire how it is sent
     * @param door what all sessions of this cloud and login share
     * @param clock for the tokens' ends
     */
    public Session(CloudEndpoint cloud, Login login, Wire wire, Door door, Clock clock) {
        this.cloud = cloud;
        this.login = login;
        this.wire = wire;
        this.door = door;
        this.clock = clock;
        this.backoff = new Backoff(clock);
    }

    /** The token in use; logs in if there is none yet. */
    public Grant grant() {
        Grant known = current;
        return known != null ? known : replace(null);
    }

    /**
     * A token in place of one that was not accepted, or does not live long enough. Logs in, unless another thread has done
     * so since.
     *
     * @param old null for "none yet"
     */
    public Grant replace(Grant old) {
        return door.enter(
                () -> current == old ? null : current,
                () -> {
                    Grant grant = logIn();
                    current = grant;
                    return grant;
                },
                wire.answerTimeout());
    }

    /**
     * Sees to it that the token lives for so long, with a new one where it would not.
     *
     * @return how long it lives now, which may be less where no token of this cloud lives so long; null when not known
     */
    public Duration renewIfExpiringWithin(Duration span) {
        Grant grant = grant();
        Instant now = clock.instant();
        Duration left = grant.left(now);
        if (left == null
                || left.compareTo(span) >= 0
                || grant.came().plus(FRESH).isAfter(now)) {
            return left;
        }
        Grant renewed = replace(grant);
        synchronized (replaced) {
            replaced.add(grant);
        }
        return renewed.left(clock.instant());
    }

    /** Makes calls of openstack4j's that belong to this cloud. */
    public <T> T with(Grant grant, Supplier<T> calls) {
        grant.use();
        OSClientSessionV3.createSession(grant.token(), facing(), CloudProvider.UNKNOWN, grant.config());
        try {
            return calls.get();
        } finally {
            unbind();
            grant.leave(clock.instant());
        }
    }

    /**
     * Asks Keystone itself for something, by the token in use. Whatever is answered, nobody logs in anew for it.
     *
     * @param way how it is sent
     * @param path behind {@code /v3}, escaped
     */
    public Answer askKeystone(Wire way, String path) {
        Grant grant = grant();
        grant.use();
        try {
            Map<String, String> headers =
                    Map.of("X-Auth-Token", grant.token().getId(), "Accept", "application/json", "User-Agent", AGENT);
            return way.send("GET", URI.create(cloud.v3() + path), headers, null);
        } finally {
            grant.leave(clock.instant());
        }
    }

    /** Whether this is the user of the token, and its name a secret. */
    public boolean isSecretUser(String userId) {
        return login.hidesUser() && userId.equals(grant().token().getUser().getId());
    }

    /** Who is logged in. */
    public Identity identity() {
        Grant grant = grant();
        Token token = grant.token();
        List<String> roles = token.getRoles() == null
                ? List.of()
                : token.getRoles().stream()
                        .map(role -> String.valueOf(ForeignText.name(role.getName())))
                        .toList();
        return new Identity(
                cloud.v3(),
                ForeignText.name(grant.catalogue().region()),
                ForeignText.name(token.getUser().getId()),
                login.hidesUser()
                        ? Login.HIDDEN
                        : ForeignText.name(token.getUser().getName()),
                ForeignText.name(token.getProject().getId()),
                ForeignText.name(token.getProject().getName()),
                roles);
    }

    /** The catalogue that came with the token in use; one without services before the first login. Asks nothing. */
    public Catalogue catalogue() {
        Grant known = current;
        return known == null ? new Catalogue(cloud, List.of()) : known.catalogue();
    }

    /** Id of the project that the token is for. */
    public String project() {
        return grant().token().getProject().getId();
    }

    /** The same text without this session's secrets, should a service have quoted them. */
    public String hide(String text) {
        String secret = login instanceof Login.Password password
                ? password.password()
                : ((Login.ApplicationCredential) login).secret();
        String hidden = secret.isEmpty() ? text : text.replace(secret, Login.HIDDEN);
        if (login instanceof Login.Password password && password.userSecret()) {
            hidden = hidden.replace(password.user(), Login.HIDDEN);
        }
        List<Grant> grants;
        synchronized (replaced) {
            grants = new ArrayList<>(replaced);
        }
        Grant known = current;
        if (known != null) {
            grants.add(known);
        }
        for (Grant grant : grants) {
            hidden = hidden.replace(grant.token().getId(), Login.HIDDEN);
        }
        return hidden;
    }

    /** The controller's clock. */
    public Clock clock() {
        return clock;
    }

    /** How requests are sent. */
    public Wire wire() {
        return wire;
    }

    /** What the cloud's answers tell of its clock. */
    public CloudClock cloudClock() {
        return cloudClock;
    }

    /** Until when the cloud wants to be left alone. */
    public Backoff backoff() {
        return backoff;
    }

    /**
     * Revokes tokens of this session that nobody uses any more, as far as the cloud is not still working with them; those
     * expire. Sent without waiting: a token that cannot be revoked expires too.
     *
     * @param all whether the one in use has been let go as well
     * @param waited how long nobody must have used them
     * @return whether some are left to be looked at again
     */
    public boolean revokeQuiet(boolean all, Duration waited) {
        Instant then = clock.instant().minus(waited);
        List<Grant> quiet = new ArrayList<>();
        boolean left;
        synchronized (replaced) {
            if (all && current != null) {
                if (!replaced.contains(current)) {
                    replaced.add(current);
                }
            }
            for (Grant grant : replaced) {
                if (grant.quietSince(then)) {
                    quiet.add(grant);
                }
            }
            replaced.removeAll(quiet);
            left = !replaced.isEmpty();
            if (all && quiet.contains(current)) {
                current = null; // who comes back after all logs in anew
            }
        }
        quiet.stream().filter(grant -> !grant.atWork()).forEach(this::revoke);
        return left;
    }

    private CompletableFuture<Void> revoke(Grant grant) {
        String id = grant.token().getId();
        return wire.sendAndForget(
                "DELETE", URI.create(cloud.v3() + "/auth/tokens"), Map.of("X-Auth-Token", id, "X-Subject-Token", id));
    }

    /**
     * The 401 that came even with a fresh token. Of an application credential keystonemiddleware says the same words for a
     * request that its access rules leave out (auth_token/__init__.py, validate_allowed_request).
     *
     * @param asked method and path
     */
    public NovaException.NotAuthenticated notAccepted(String call, String asked, Answer answer) {
        String rules = login instanceof Login.ApplicationCredential
                ? ". If it is bound to access rules, they must allow " + asked
                : "";
        return new NovaException.NotAuthenticated(
                call + ": the token of " + login + " is not accepted, not even after a new login: "
                        + hide(RefusalReader.message(answer)) + " (" + answer.requestId() + ")" + rules,
                null);
    }

    @Override
    public String toString() {
        return cloud.v3() + " as " + login;
    }

    private Grant logIn() {
        String call = "log in at " + cloud.v3();
        backoff.check(IDENTITY, call);
        Link link = new Link(wire, null);
        try {
            Token token = ((OSClientV3)
                            OSAuthenticator.invoke(auth(), cloud.v3(), facing(), config(link), CloudProvider.UNKNOWN))
                    .getToken();
            return granted(call, token, link.login());
        } catch (JdkConnector.LoginRefused e) {
            try {
                throw refusal(call, e.answer());
            } finally {
                e.answer().release();
            }
        } catch (NovaException.NoAnswer e) {
            // a login changes nothing, and what it was for was not sent: nobody needs to look what became of it
            throw new NovaException.Unreachable(e.getMessage(), e.getCause());
        } finally {
            unbind();
        }
    }

    private NovaException refusal(String call, Answer answer) {
        NovaException.Refused refused = RefusalReader.refused(call, answer, this::hide, clock);
        backoff.heard(IDENTITY, refused);
        // Keystone answers 404 where an application credential is gone; a 404 without its words is no Keystone
        boolean gone = answer.status() == 404
                && login instanceof Login.ApplicationCredential
                && !refused.novaMessage().isEmpty();
        return answer.status() == 401 || answer.status() == 403 || gone
                ? new NovaException.NotAuthenticated(
                        refused.getMessage() + ": the credential is not accepted: " + login, null)
                : refused;
    }

    private Grant granted(String call, Token token, TokenAnswer answer) {
        if (token.getId() == null || token.getUser() == null) {
            throw new NovaException.Unintelligible(call + ": the answer holds no token or no user", null);
        }
        if (token.getProject() == null || !answer.hasCatalogue()) {
            throw new NovaException.Missing(call + ": the token is not scoped to a project: " + login);
        }
        Catalogue catalogue = new Catalogue(cloud, answer.endpoints());
        return new Grant(token, catalogue, config(new Link(wire, catalogue)), clock.instant(), answer.life());
    }

    private static Config config(Link link) {
        return Config.newConfig().withEndpointURLResolver(link);
    }

    private KeystoneAuth auth() {
        if (login instanceof Login.Password password) {
            return new KeystoneAuth(
                    password.user(),
                    password.password(),
                    Identifier.byName(password.userDomain()),
                    KeystoneAuth.AuthScope.project(
                            Identifier.byName(password.project()), Identifier.byName(password.projectDomain())));
        }
        return new ApplicationCredentialAuth((Login.ApplicationCredential) login);
    }

    private Facing facing() {
        return Facing.valueOf(cloud.facing().name());
    }

    /** openstack4j has no way to clear its ThreadLocal: a session without a token takes the place. */
    private static void unbind() {
        OSClientSessionV3.createSession(new KeystoneToken());
    }
}
