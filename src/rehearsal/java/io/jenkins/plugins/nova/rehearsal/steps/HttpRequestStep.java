package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.AbortException;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.engine.PipelineStep;
import io.jenkins.plugins.nova.rehearsal.engine.StepCall;
import io.jenkins.plugins.nova.rehearsal.engine.StepSignature;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code httpRequest}: shown, never sent; answered as the operator said. */
final class HttpRequestStep implements PipelineStep {
    static final String NAME = "httpRequest";
    private static final String ACCEPTED = "100:399";

    private final Build build;
    private final Stubs stubs;

    HttpRequestStep(Build build, Stubs stubs) {
        this.build = build;
        this.stubs = stubs;
    }

    /** What a request gives to the pipeline. */
    public static final class Response implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String content;

        private Response(int status, String content) {
            this.status = status;
            this.content = content;
        }

        /** The status code. */
        public int getStatus() {
            return status;
        }

        /** The body. */
        public String getContent() {
            return content;
        }

        /** The headers: none. */
        public Map<String, List<String>> getHeaders() {
            return Map.of();
        }
    }

    @Override
    public StepSignature signature() {
        return StepSignature.of(
                NAME,
                "http_request",
                "url",
                "httpMethod",
                "requestBody",
                "customHeaders",
                "contentType",
                "acceptType",
                "authentication",
                "validResponseCodes",
                "validResponseContent",
                "timeout",
                "ignoreSslErrors",
                "quiet",
                "outputFile",
                "consoleLogResponseBody",
                "responseHandle",
                "uploadFile",
                "multipartName",
                "httpProxy",
                "proxyAuthentication",
                "passBuildParameters",
                "formData",
                "wrapAsMultipart",
                "useSystemProperties",
                "useNtlm");
    }

    @Override
    public void start(StepCall call) throws AbortException {
        String url = call.arguments().text("url");
        Response response = response();
        build.console()
                .note(
                        call.surroundings(),
                        call.arguments().text("httpMethod", "GET") + " " + url
                                + " is shown, not sent: answered with " + response.getStatus()
                                + (stubs.answers(NAME)
                                        ? " as -Dstub." + NAME + " says"
                                        : " (-Dstub." + NAME + "=… for another answer)"));
        String accepted = call.arguments().text("validResponseCodes", ACCEPTED);
        if (Arrays.stream(accepted.split(",")).noneMatch(range -> isIn(range.trim(), response.getStatus()))) {
            throw new AbortException(
                    "Fail: Status code " + response.getStatus() + " is not in the accepted range: " + accepted);
        }
        call.succeed(response);
    }

    private Response response() {
        if (stubs.answer(NAME) instanceof Map<?, ?> answer) {
            return new Response(
                    answer.get("status") instanceof Integer status ? status : 200,
                    answer.get("content") == null ? "" : answer.get("content").toString());
        }
        return new Response(200, stubs.answers(NAME) ? String.valueOf(stubs.answer(NAME)) : "");
    }

    private static boolean isIn(String range, int status) {
        String[] ends = range.split(":");
        try {
            return Integer.parseInt(ends[0]) <= status && status <= Integer.parseInt(ends[ends.length - 1]);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(
                    "parameter 'validResponseCodes' of step " + NAME + " must be codes or ranges such as " + ACCEPTED
                            + ", not '" + range + "'",
                    wrong);
        }
    }
}
