package io.jenkins.plugins.nova.api.openstack4j.identity;

import io.jenkins.plugins.nova.api.openstack4j.http.Wire;
import org.openstack4j.api.identity.EndpointURLResolver;
import org.openstack4j.api.types.ServiceType;
import org.openstack4j.model.identity.URLResolverParams;

/**
 * What openstack4j carries for one cloud from call to call, in the one place of its Config that takes an object of
 * ours: how requests leave, and which endpoint is meant. openstack4j's own resolver is not used: it keeps the URLs of
 * every cloud in a static map for good, and takes Keystone's URL where a service is missing.
 */
final class Link implements EndpointURLResolver {

    private final Wire wire;
    private final Catalogue catalogue;
    private volatile TokenAnswer login;

    /**
     * @param wire how requests leave
     * @param catalogue which endpoint is meant; null for a login, before there is one
     */
    Link(Wire wire, Catalogue catalogue) {
        this.wire = wire;
        this.catalogue = catalogue;
    }

    Wire wire() {
        return wire;
    }

    /** Takes down what Keystone answered to a login: openstack4j's own reading of it knows too little, and too much. */
    void loggedIn(TokenAnswer answer) {
        login = answer;
    }

    /** What Keystone answered to the login; null before. */
    TokenAnswer login() {
        return login;
    }

    @Override
    public String findURLV2(URLResolverParams params) {
        throw new UnsupportedOperationException("version 2 of the Identity API is not used");
    }

    @Override
    public String findURLV3(URLResolverParams params) {
        // who calls a service that openstack4j does not know finds its endpoint in the catalogue by itself
        return params.type == ServiceType.UNKNOWN ? "" : catalogue.url(params.type.getType());
    }
}
