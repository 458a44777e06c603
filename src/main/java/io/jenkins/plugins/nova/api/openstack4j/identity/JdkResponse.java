package io.jenkins.plugins.nova.api.openstack4j.identity;

import io.jenkins.plugins.nova.api.openstack4j.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.openstack4j.core.transport.ExecutionOptions;
import org.openstack4j.core.transport.HttpEntityHandler;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/** An {@link Answer} as openstack4j wants to see it. */
public final class JdkResponse implements HttpResponse {

    private final Answer answer;
    private final TokenAnswer login;

    /**
     * @param login what the answer says of a token; null for every other call, whose answer is not read by openstack4j
     */
    JdkResponse(Answer answer, TokenAnswer login) {
        this.answer = answer;
        this.login = login;
    }

    /** The answer as it came. */
    public Answer answer() {
        return answer;
    }

    @Override
    public <T> T getEntity(Class<T> returnType) {
        return getEntity(returnType, null);
    }

    @Override
    public <T> T getEntity(Class<T> returnType, ExecutionOptions<T> options) {
        return HttpEntityHandler.handle(this, returnType, options);
    }

    @Override
    public <T> T readEntity(Class<T> type) {
        if (login == null) {
            throw new IllegalStateException("only a login is read by openstack4j, not a " + type.getName());
        }
        try {
            return ObjectMapperSingleton.getContext(type).readValue(login.forOpenstack4j(), type);
        } catch (IOException e) {
            // not as the cause: Jackson's messages quote what they could not read
            throw new IllegalStateException("openstack4j does not read a " + type.getName() + " made for it ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    @Override
    public int getStatus() {
        return answer.status();
    }

    @Override
    public String getContentType() {
        return answer.header("Content-Type");
    }

    @Override
    public String getStatusMessage() {
        return "HTTP " + answer.status();
    }

    @Override
    public InputStream getInputStream() {
        throw new IllegalStateException("answers are not read by openstack4j");
    }

    @Override
    public String header(String name) {
        return answer.header(name);
    }

    @Override
    public Map<String, String> headers() {
        Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        answer.headers().map().forEach((name, values) -> first.put(name, values.get(0)));
        return first;
    }

    @Override
    public void close() {
        // the body is in memory
    }
}
