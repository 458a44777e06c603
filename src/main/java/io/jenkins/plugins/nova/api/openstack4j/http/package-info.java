/**
 * How is a request sent, and an answer read? Over {@code java.net.http}, once, with limits on time and size; the fields of an
 * answer's JSON, and the words of a refusal. Knows no tokens.
 */
package io.jenkins.plugins.nova.api.openstack4j.http;
