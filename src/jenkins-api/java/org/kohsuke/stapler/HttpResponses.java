package org.kohsuke.stapler;

public class HttpResponses {

    public HttpResponses() {}

    public abstract static class HttpResponseException extends RuntimeException implements HttpResponse {
        HttpResponseException() {}
    }
}
