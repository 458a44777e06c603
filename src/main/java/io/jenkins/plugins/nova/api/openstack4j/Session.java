package io.jenkins.plugins.nova.api.openstack4j;

import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.NovaException;
import java.time.Clock;
import java.util.List;
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
 */
final class Session {

    private final CloudEndpoint cloud;
    private final Login login;
    private final Catalogue catalogue;
    private final Config config;
    private final Clock clock;
    private final Object loggingIn = new Object();
    private volatile Token current;

    Session(CloudEndpoint cloud, Login login, Wire wire, Clock clock) {
        this.cloud = cloud;
        this.login = login;
        this.catalogue = new Catalogue(cloud);
        this.config = Config.newConfig().withEndpointURLResolver(new Link(wire, catalogue));
        this.clock = clock;
    }

    /** The token in use; logs in if there is none yet. */
    Token token() {
        Token known = current;
        return known != null ? known : replace(null);
    }

    /**
     * A token in place of one that was not accepted. Logs in, unless another thread has done so since.
     *
     * @param refused null for "none yet"
     */
    Token replace(Token refused) {
        synchronized (loggingIn) {
            if (current == refused) {
                current = logIn();
            }
            return current;
        }
    }

    /** Makes calls of openstack4j's that belong to this cloud. */
    <T> T with(Token token, Supplier<T> calls) {
        OSClientSessionV3.createSession(token, facing(), CloudProvider.UNKNOWN, config);
        try {
            return calls.get();
        } finally {
            unbind();
        }
    }

    /** Who is logged in. */
    Identity identity() {
        Token token = token();
        List<String> roles = token.getRoles() == null
                ? List.of()
                : token.getRoles().stream()
                        .map(role -> String.valueOf(ForeignText.name(role.getName())))
                        .toList();
        return new Identity(
                cloud.v3(),
                ForeignText.name(catalogue.region(token)),
                ForeignText.name(token.getUser().getId()),
                ForeignText.name(token.getUser().getName()),
                ForeignText.name(token.getProject().getId()),
                ForeignText.name(token.getProject().getName()),
                roles);
    }

    /** The same text without this session's secrets, should a service have quoted them. */
    String hide(String text) {
        String secret = login instanceof Login.Password password
                ? password.password()
                : ((Login.ApplicationCredential) login).secret();
        String hidden = secret.isEmpty() ? text : text.replace(secret, "****");
        Token token = current;
        return token == null ? hidden : hidden.replace(token.getId(), "****");
    }

    Clock clock() {
        return clock;
    }

    /**
     * The 401 that came even with a fresh token. Of an application credential keystonemiddleware says the same words for a
     * request that its access rules leave out (auth_token/__init__.py, validate_allowed_request).
     *
     * @param asked method and path
     */
    NovaException.NotAuthenticated notAccepted(String call, String asked, Answer answer) {
        String rules = login instanceof Login.ApplicationCredential
                ? ". If it is bound to access rules, they must allow " + asked
                : "";
        return new NovaException.NotAuthenticated(
                call + ": the token of " + login + " is not accepted, not even after a new login: "
                        + hide(Words.message(answer)) + " (" + answer.requestId() + ")" + rules,
                null);
    }

    @Override
    public String toString() {
        return cloud.v3() + " as " + login;
    }

    private Token logIn() {
        String call = "log in at " + cloud.v3();
        try {
            Token token = ((OSClientV3)
                            OSAuthenticator.invoke(auth(), cloud.v3(), facing(), config, CloudProvider.UNKNOWN))
                    .getToken();
            return checked(call, token);
        } catch (JdkConnector.LoginRefused e) {
            throw refusal(call, e.answer());
        } catch (NovaException.NoAnswer e) {
            // a login changes nothing, and what it was for was not sent: nobody needs to look what became of it
            throw new NovaException.Unreachable(e.getMessage(), e.getCause());
        } finally {
            unbind();
        }
    }

    private NovaException refusal(String call, Answer answer) {
        NovaException.Refused refused = Words.refused(call, answer, this::hide, clock);
        // Keystone answers 404 where an application credential is gone; a 404 without its words is no Keystone
        boolean gone = answer.status() == 404
                && login instanceof Login.ApplicationCredential
                && !refused.novaMessage().isEmpty();
        return answer.status() == 401 || answer.status() == 403 || gone
                ? new NovaException.NotAuthenticated(
                        refused.getMessage() + ": the credential is not accepted: " + login, null)
                : refused;
    }

    private Token checked(String call, Token token) {
        if (token.getId() == null || token.getUser() == null) {
            throw new NovaException.Unintelligible(call + ": the answer holds no token or no user", null);
        }
        if (token.getProject() == null || token.getCatalog() == null) {
            throw new NovaException.Missing(call + ": the token is not scoped to a project: " + login);
        }
        return token;
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
