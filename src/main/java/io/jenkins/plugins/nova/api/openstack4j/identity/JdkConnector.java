package io.jenkins.plugins.nova.api.openstack4j.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.http.Answer;
import io.jenkins.plugins.nova.api.openstack4j.http.Urls;
import io.jenkins.plugins.nova.api.openstack4j.http.Wire;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.openstack4j.core.transport.ClientConstants;
import org.openstack4j.core.transport.HttpExecutorService;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/**
 * openstack4j's way out over {@code java.net.http}. openstack4j makes one of these per class loader (ServiceLoader with
 * its own class's loader, whatever the thread's), so it holds nothing: the client to use comes with the request, in the
 * {@link Link} that its Config carries.
 */
public final class JdkConnector implements HttpExecutorService {

    /** For ServiceLoader. */
    public JdkConnector() {
        // nothing to hold
    }

    /**
     * {@inheritDoc}
     *
     * @throws NovaException when no answer came, or one with a redirect, or the catalogue holds no usable URL
     * @throws LoginRefused when Keystone refused a login. openstack4j's own exception would keep the request, and with
     *     it the password, and would drop Keystone's words
     */
    @Override
    public <R> HttpResponse execute(HttpRequest<R> request) {
        if (!(request.getConfig().getEndpointURLResolver() instanceof Link link)) {
            throw new IllegalStateException("a request that was not made by this plugin");
        }
        boolean login = request.getHeaders().containsKey(ClientConstants.HEADER_OS4J_AUTH);
        String body = body(request);
        String method = request.getMethod().name();
        URI uri = uri(request);
        Map<String, String> headers = headers(request, body);
        int largest = login ? Wire.LARGEST_ERROR : Wire.LARGEST_ANSWER;
        Answer answer = link.wire().send(method, uri, headers, body, largest);
        if (redirected(answer) && method.equals("GET") && addsOnlyASlash(uri, answer.header("Location"))) {
            answer.release();
            answer = link.wire().send(method, slashed(uri), headers, body, largest);
        }
        if (answer.status() < 200 || answer.status() >= 300 && answer.status() < 400) {
            answer.release();
            throw new NovaException.Unintelligible(
                    answer.what() + ": answered with status " + answer.status()
                            + ", which looks like a redirect; it is not followed: correct the URL",
                    null);
        }
        if (!login) {
            return new JdkResponse(answer, null);
        }
        if (answer.status() >= 400) {
            throw new LoginRefused(answer);
        }
        try {
            TokenAnswer token = new TokenAnswer(answer);
            link.loggedIn(token);
            return new JdkResponse(answer, token);
        } finally {
            answer.release();
        }
    }

    private static boolean redirected(Answer answer) {
        return Set.of(301, 302, 307, 308).contains(answer.status());
    }

    /**
     * Whether a redirect leads to the same place with a slash behind it, as some gateways want it. Any other is not
     * followed: the token would go where nobody said it should.
     */
    private static boolean addsOnlyASlash(URI from, String location) {
        if (location == null) {
            return false;
        }
        try {
            URI to = from.resolve(new URI(location.strip()));
            return from.getScheme().equalsIgnoreCase(to.getScheme())
                    && from.getRawAuthority().equalsIgnoreCase(to.getRawAuthority())
                    && (from.getRawPath() + "/").equals(to.getRawPath());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Our own URL with the slash: what stood behind the question mark in the other is not taken over. */
    private static URI slashed(URI uri) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath() + "/" + query);
    }

    @Override
    public String getExecutorDisplayName() {
        return "java.net.http";
    }

    /** The catalogue is another's text: its URLs may be anything, such as one with an underscore in the host's name. */
    private static URI uri(HttpRequest<?> request) {
        try {
            URI uri = new URI(request.getUrl());
            if (Urls.usable(uri)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw unusable(request);
        }
        throw unusable(request);
    }

    private static NovaException.Unintelligible unusable(HttpRequest<?> request) {
        return new NovaException.Unintelligible(
                "the catalogue's endpoint '" + request.getEndpoint() + "' " + Urls.complaint(request.getEndpoint()),
                null);
    }

    private static Map<String, String> headers(HttpRequest<?> request, String body) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put(ClientConstants.HEADER_ACCEPT, ClientConstants.CONTENT_TYPE_JSON);
        headers.put(ClientConstants.HEADER_USER_AGENT, Session.AGENT);
        if (body != null) {
            headers.put(ClientConstants.HEADER_CONTENT_TYPE, request.getContentType());
        }
        request.getHeaders().forEach((name, value) -> {
            if (!name.toLowerCase(Locale.ROOT).startsWith("os4j-")) {
                headers.put(name, String.valueOf(value));
            }
        });
        return headers;
    }

    private static String body(HttpRequest<?> request) {
        if (request.hasJson()) {
            return request.getJson();
        }
        Object entity = request.getEntity();
        if (entity == null) {
            return null;
        }
        try {
            return ObjectMapperSingleton.getContext(entity.getClass()).writeValueAsString(entity);
        } catch (JsonProcessingException e) {
            // not as the cause: it may quote what it could not write, and that may be a secret
            throw new IllegalStateException("cannot write a "
                    + entity.getClass().getName() + " as JSON (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Keystone refused a login; {@link Session} turns this into words. */
    static final class LoginRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        LoginRefused(Answer answer) {
            super(answer.toString(), null, false, false);
            this.answer = answer;
        }

        Answer answer() {
            return answer;
        }
    }
}
