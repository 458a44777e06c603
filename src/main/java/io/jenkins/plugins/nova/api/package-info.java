/**
 * What the project asks of Nova: one interface ({@link io.jenkins.plugins.nova.api.Nova}), the records it answers with
 * and the errors it throws. Nothing here knows HTTP, openstack4j or Jenkins; the implementation over openstack4j is in
 * {@code api.openstack4j}.
 */
package io.jenkins.plugins.nova.api;
