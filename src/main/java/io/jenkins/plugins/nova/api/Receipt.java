package io.jenkins.plugins.nova.api;

/**
 * Nova's word that it took a request. Not that it succeeded: 202 says nothing (law 1).
 *
 * @param status the HTTP status
 * @param requestId X-OpenStack-Request-Id; the instance action of this request carries it. May be null behind odd
 *     proxies
 */
public record Receipt(int status, String requestId) {}
