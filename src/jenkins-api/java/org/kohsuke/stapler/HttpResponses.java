package org.kohsuke.stapler;

public class HttpResponses {

    public HttpResponses() {}

    public static HttpResponse text(String a0) {
        return new HttpResponse() {};
    }

    public abstract static class HttpResponseException extends RuntimeException implements HttpResponse {
        HttpResponseException() {}
    }
}
