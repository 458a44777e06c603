/**
 * {@link io.jenkins.plugins.nova.api.Nova} over openstack4j: openstack4j logs in, reads the catalogue and holds the token
 * ({@code identity}); a connector sends each request once ({@code http}); the Nova calls are this package's own, with a
 * microversion chosen per call. Nothing here knows Jenkins.
 */
package io.jenkins.plugins.nova.api.openstack4j;
