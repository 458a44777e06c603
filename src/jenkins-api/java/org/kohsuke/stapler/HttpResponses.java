package org.kohsuke.stapler;

public class HttpResponses {
    public static HttpResponses.HttpResponseException notFound() {
        throw new UnsupportedOperationException();
    }

    public static HttpResponses.HttpResponseException forbidden() {
        throw new UnsupportedOperationException();
    }

    public static HttpResponse literalHtml(String a0) {
        throw new UnsupportedOperationException();
    }

    public static HttpResponse text(String a0) {
        throw new UnsupportedOperationException();
    }

    public HttpResponses() {}

    public abstract static class HttpResponseException extends RuntimeException implements HttpResponse {
        HttpResponseException() {}
    }
}
