package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.nova.api.NovaException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
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
            throw new IllegalStateException("a request that was not made by " + OpenStackNova.class.getName());
        }
        boolean login = request.getHeaders().containsKey(ClientConstants.HEADER_OS4J_AUTH);
        String body = body(request);
        Answer answer = link.wire().send(request.getMethod().name(), uri(request), headers(request, body), body);
        if (answer.status() < 200 || answer.status() >= 300 && answer.status() < 400) {
            throw new NovaException.Unintelligible(
                    answer.what() + ": answered with status " + answer.status()
                            + ", which looks like a redirect; it is not followed: correct the URL",
                    null);
        }
        if (login && answer.status() >= 400) {
            throw new LoginRefused(answer);
        }
        return new JdkResponse(answer);
    }

    @Override
    public String getExecutorDisplayName() {
        return "java.net.http";
    }

    /** The catalogue is another's text: its URLs may be anything, such as one with an underscore in the host's name. */
    private static URI uri(HttpRequest<?> request) {
        try {
            URI uri = new URI(request.getUrl());
            if (uri.getHost() != null
                    && uri.getScheme() != null
                    && uri.getScheme().startsWith("http")) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw unusable(request);
        }
        throw unusable(request);
    }

    private static NovaException.Unintelligible unusable(HttpRequest<?> request) {
        return new NovaException.Unintelligible(
                "the catalogue's endpoint '" + request.getEndpoint() + "' is no http or https URL with a host", null);
    }

    private static Map<String, String> headers(HttpRequest<?> request, String body) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put(ClientConstants.HEADER_ACCEPT, ClientConstants.CONTENT_TYPE_JSON);
        headers.put(ClientConstants.HEADER_USER_AGENT, "nova-maintenance");
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
