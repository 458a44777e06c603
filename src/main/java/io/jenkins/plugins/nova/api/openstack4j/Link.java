package io.jenkins.plugins.nova.api.openstack4j;

import org.openstack4j.api.identity.EndpointURLResolver;
import org.openstack4j.model.identity.URLResolverParams;

/**
 * What openstack4j carries for one cloud from call to call, in the one place of its Config that takes an object of
 * ours: how requests leave, and which endpoint is meant. openstack4j's own resolver is not used: it keeps the URLs of
 * every cloud in a static map for good, and takes Keystone's URL where a service is missing.
 *
 * @param wire how requests leave
 * @param catalogue which endpoint is meant
 */
record Link(Wire wire, Catalogue catalogue) implements EndpointURLResolver {

    @Override
    public String findURLV2(URLResolverParams params) {
        throw new UnsupportedOperationException("version 2 of the Identity API is not used");
    }

    @Override
    public String findURLV3(URLResolverParams params) {
        return catalogue.url(params.token, params.type.getType());
    }
}
