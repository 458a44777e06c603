package io.jenkins.plugins.nova.api.openstack4j;

import io.jenkins.plugins.nova.api.NovaException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openstack4j.model.identity.v3.Endpoint;
import org.openstack4j.model.identity.v3.Service;
import org.openstack4j.model.identity.v3.Token;

/** Finds the endpoints of one cloud in the catalogue that comes with a token: by service type, region and interface. */
final class Catalogue {

    private static final String COMPUTE = "compute";

    /** A compute endpoint: …/v2.1, perhaps with the project's id behind it. */
    private static final Pattern VERSIONED = Pattern.compile("(.*/v\\d+(?:\\.\\d+)?)(/[^/]+)?");

    private final CloudEndpoint cloud;

    Catalogue(CloudEndpoint cloud) {
        this.cloud = cloud;
    }

    /**
     * The region in use.
     *
     * @throws NovaException.Missing when it is not in the catalogue, or none is named and there are several
     */
    String region(Token token) {
        SortedSet<String> known = new TreeSet<>();
        for (Endpoint endpoint : endpoints(token, COMPUTE)) {
            known.add(regionOf(endpoint));
        }
        if (known.isEmpty()) {
            throw new NovaException.Missing("the catalogue of " + cloud.v3() + " has no compute service");
        }
        if (cloud.region() == null) {
            if (known.size() == 1) {
                return known.first();
            }
            throw new NovaException.Missing(
                    "the cloud at " + cloud.v3() + " has several regions, name one: " + String.join(", ", known));
        }
        if (!known.contains(cloud.region())) {
            throw new NovaException.Missing("the cloud at " + cloud.v3() + " has no region '" + cloud.region()
                    + "' with a compute service; it has: " + String.join(", ", known));
        }
        return cloud.region();
    }

    /**
     * The URL of a service's endpoint, without a slash at the end.
     *
     * @param type compute or placement
     * @throws NovaException.Missing when the region has no such service, or not with the wanted interface
     */
    String url(Token token, String type) {
        String region = region(token);
        SortedSet<String> interfaces = new TreeSet<>();
        for (Endpoint endpoint : endpoints(token, type)) {
            if (regionOf(endpoint).equals(region)) {
                if (endpoint.getIface().value().equals(cloud.facing().word())) {
                    return withoutSlash(endpoint.getUrl().toString());
                }
                interfaces.add(endpoint.getIface().value());
            }
        }
        throw new NovaException.Missing(
                interfaces.isEmpty()
                        ? "region '" + region + "' of the cloud at " + cloud.v3() + " has no " + type + " service"
                        : "the " + type + " service of region '" + region + "' has no "
                                + cloud.facing().word() + " endpoint; it has: " + String.join(", ", interfaces));
    }

    /** Where calls of the Compute API go: what the catalogue says, with the version where it says none. */
    static String computeCalls(String url) {
        return VERSIONED.matcher(url).matches() ? url : url + "/v2.1";
    }

    /** Where the Compute API tells its microversions: its versioned root, without a project's id. */
    static String computeRoot(String url) {
        Matcher versioned = VERSIONED.matcher(url);
        return versioned.matches() ? versioned.group(1) : url + "/v2.1";
    }

    private static List<Endpoint> endpoints(Token token, String type) {
        List<Endpoint> found = new ArrayList<>();
        if (token.getCatalog() != null) {
            for (Service service : token.getCatalog()) {
                if (type.equals(service.getType()) && service.getEndpoints() != null) {
                    for (Endpoint endpoint : service.getEndpoints()) {
                        if (endpoint.getUrl() != null && endpoint.getIface() != null) {
                            found.add(endpoint);
                        }
                    }
                }
            }
        }
        return found;
    }

    private static String regionOf(Endpoint endpoint) {
        String region = endpoint.getRegionId() != null ? endpoint.getRegionId() : endpoint.getRegion();
        return region == null ? "" : region;
    }

    private static String withoutSlash(String url) {
        String cut = url;
        while (cut.endsWith("/")) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return cut;
    }
}
