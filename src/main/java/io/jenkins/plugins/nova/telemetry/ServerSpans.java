package io.jenkins.plugins.nova.telemetry;

import hudson.Extension;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;

/**
 * A span for each server that Nova was asked for something about (docs/metrics.md). Made when the server has its outcome, with the
 * times of before: a drain is saved and may go on in another process, a span that is open could not. Where the plugin
 * opentelemetry-api is not installed Jenkins cannot link {@link #tracer}, and leaves this class out without a word.
 */
@Extension(optional = true)
public final class ServerSpans implements DrainListener {

    /** The name of the instrumentation scope. */
    static final String SCOPE = "io.jenkins.plugins.nova-maintenance";

    /**
     * What makes the spans. Asked each time: who exports them may be configured, and configured anew, while Jenkins runs. Public,
     * for Jenkins links what is public of an extension before it takes it (hudson.ExtensionFinder, resolve).
     */
    public Tracer tracer() {
        return GlobalOpenTelemetry.getTracer(SCOPE);
    }

    @Override
    public void serverEnded(EndedServer server) {
        if (server.started() == null) {
            return;
        }
        Origin origin = server.origin();
        String verb = server.verb() == null ? "move" : server.verb().actionName();
        SpanBuilder builder = tracer().spanBuilder("nova " + verb)
                .setNoParent()
                .setStartTimestamp(server.started())
                .setAttribute("nova.cloud", origin.cloud())
                .setAttribute("nova.server.id", server.id())
                .setAttribute("nova.action", verb)
                .setAttribute("nova.host.source", server.host())
                .setAttribute("nova.outcome", server.outcome().name())
                .setAttribute("ci.pipeline.id", origin.job())
                .setAttribute("ci.pipeline.run.number", origin.build())
                .setAttribute("jenkins.pipeline.step.name", origin.step());
        if (server.target() != null) {
            builder.setAttribute("nova.host.target", server.target());
        }
        Span span = builder.startSpan();
        if (!server.outcome().good()) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("error.type", server.outcome().name());
        }
        span.end(server.ended());
    }
}
