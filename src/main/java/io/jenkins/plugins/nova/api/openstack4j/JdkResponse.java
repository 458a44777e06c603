package io.jenkins.plugins.nova.api.openstack4j;

import io.jenkins.plugins.nova.api.NovaException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.openstack4j.core.transport.ExecutionOptions;
import org.openstack4j.core.transport.HttpEntityHandler;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/** An {@link Answer} as openstack4j wants to see it. */
final class JdkResponse implements HttpResponse {

    private final Answer answer;

    JdkResponse(Answer answer) {
        this.answer = answer;
    }

    Answer answer() {
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
        try {
            T entity = ObjectMapperSingleton.getContext(type).readValue(answer.body(), type);
            if (entity != null) {
                return entity;
            }
        } catch (IOException e) {
            // not as the cause: Jackson's messages quote what they could not read
            throw unreadable();
        }
        throw unreadable();
    }

    private NovaException.Unintelligible unreadable() {
        return new NovaException.Unintelligible(
                answer.what() + ": answered " + answer.status() + " with something else than expected: "
                        + answer.describe(),
                null);
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
        return new ByteArrayInputStream(answer.body());
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
