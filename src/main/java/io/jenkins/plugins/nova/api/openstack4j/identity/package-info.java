/**
 * Who is asked, and as whom? Logins, tokens, the catalogue, the session of a build on a cloud, and the connector through which
 * openstack4j sends.
 */
package io.jenkins.plugins.nova.api.openstack4j.identity;
