/**
 * {@link io.jenkins.plugins.nova.api.Nova} over openstack4j: openstack4j logs in, reads the catalogue and holds the
 * token; a connector over {@code java.net.http} sends each request once; the Nova calls are this package's own, with a
 * microversion chosen per call. Nothing here knows Jenkins.
 */
package io.jenkins.plugins.nova.api.openstack4j;
