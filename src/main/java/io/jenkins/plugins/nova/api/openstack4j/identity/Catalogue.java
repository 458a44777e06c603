package io.jenkins.plugins.nova.api.openstack4j.identity;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.http.Urls;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The catalogue that came with one token: finds the endpoints of the services that are used, by type, region and
 * interface. What else is in it does not matter.
 */
public final class Catalogue {

    private static final String COMPUTE = "compute";
    private static final String PLACEMENT = "placement";

    /** Octavia's type. */
    public static final String LOAD_BALANCER = "load-balancer";

    /** The last segment of a compute endpoint that names its version; a gateway's own {@code /v1/nova} does not. */
    private static final Pattern VERSION = Pattern.compile("v2(\\.\\d+)?");

    /** What Nova takes for a project's id in a path ([api]project_id_regex), at the length that Keystone makes. */
    private static final Pattern PROJECT = Pattern.compile("[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final CloudEndpoint cloud;
    private final List<Entry> entries;

    /**
     * One endpoint as it is written.
     *
     * @param type of its service
     * @param region empty when none is told
     * @param facing public, internal or admin
     * @param url anything
     */
    public record Entry(String type, String region, String facing, String url) {}

    /**
     * @param cloud where the cloud is, and which of its endpoints are wanted
     * @param entries all that the cloud's catalogue lists
     */
    public Catalogue(CloudEndpoint cloud, List<Entry> entries) {
        this.cloud = cloud;
        this.entries = List.copyOf(entries);
    }

    /**
     * The region in use.
     *
     * @throws NovaException.Missing when it is not in the catalogue, or none is named and there are several
     */
    String region() {
        SortedSet<String> known = new TreeSet<>();
        for (Entry endpoint : of(COMPUTE)) {
            known.add(endpoint.region());
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
     * @param type such as compute or placement
     * @throws NovaException.Missing when the region has no such service, or not with the wanted interface
     */
    public String url(String type) {
        String region = region();
        SortedSet<String> interfaces = new TreeSet<>();
        for (Entry endpoint : of(type)) {
            if (endpoint.region().equals(region)) {
                if (endpoint.facing().equals(cloud.facing().word())) {
                    return withoutSlash(endpoint.url());
                }
                interfaces.add(endpoint.facing());
            }
        }
        throw new NovaException.Missing(
                interfaces.isEmpty()
                        ? "region '" + region + "' of the cloud at " + cloud.v3() + " has no " + type + " service"
                        : "the " + type + " service of region '" + region + "' has no "
                                + cloud.facing().word() + " endpoint; it has: " + String.join(", ", interfaces));
    }

    /**
     * The URL of the endpoint of a service that clouds list under one type or another.
     *
     * @param types the one that counts first
     * @throws NovaException.Missing when the region has none of them with the wanted interface: of the first, then
     */
    public String url(List<String> types) {
        String region = region();
        return types.stream()
                .filter(type -> of(type).stream()
                        .anyMatch(endpoint -> endpoint.region().equals(region)
                                && endpoint.facing().equals(cloud.facing().word())))
                .findFirst()
                .map(this::url)
                .orElseGet(() -> url(types.get(0)));
    }

    /** Services whose token goes in the clear though it was won over https; each in a sentence or two. */
    public List<String> inTheClear() {
        return ofServices(this::inTheClear);
    }

    /** Services that are on another host than Keystone; each in a sentence. */
    public List<String> elsewhere() {
        return ofServices(this::elsewhere);
    }

    private List<String> ofServices(BiFunction<String, URI, String> said) {
        List<String> found = new ArrayList<>();
        List<List<String>> services = Stream.concat(
                        Stream.of(List.of(COMPUTE), List.of(PLACEMENT), List.of(LOAD_BALANCER)),
                        Arrays.stream(HostSetting.Kind.values()).map(HostSetting.Kind::types))
                .distinct()
                .toList();
        for (List<String> types : services) {
            usable(types).map(uri -> said.apply(types.get(0), uri)).ifPresent(found::add);
        }
        return found;
    }

    /** A service's URL; empty where there is none that can be asked, which is said by the call that needs it. */
    private Optional<URI> usable(List<String> types) {
        try {
            return Optional.of(new URI(url(types))).filter(Urls::usable);
        } catch (NovaException.Missing | URISyntaxException e) {
            return Optional.empty();
        }
    }

    private String inTheClear(String type, URI uri) {
        boolean leaves =
                "https".equalsIgnoreCase(cloud.identityUrl().getScheme()) && "http".equalsIgnoreCase(uri.getScheme());
        return leaves
                ? "The token that Keystone gave over https goes to the " + type + " service in the clear (" + uri
                        + "): anybody on the way can use it. Have the catalogue say https."
                : null;
    }

    private String elsewhere(String type, URI uri) {
        return uri.getHost().equalsIgnoreCase(cloud.identityUrl().getHost())
                ? null
                : "The " + type + " service is on another host than Keystone, by its catalogue: " + uri + ".";
    }

    /**
     * Where calls of the Compute API go: what the catalogue says, with the version where it says none.
     *
     * @param project id of the token's project, which may stand at the end
     */
    public static String computeCalls(String url, String project) {
        return versioned(url) || versioned(withoutProject(url, project)) ? url : url + "/v2.1";
    }

    /**
     * Where the Compute API tells its microversions: its versioned root, without a project's id.
     *
     * @param project id of the token's project, which may stand at the end
     */
    public static String computeRoot(String url, String project) {
        if (versioned(url)) {
            return url;
        }
        String root = withoutProject(url, project);
        return versioned(root) ? root : url + "/v2.1";
    }

    private static boolean versioned(String url) {
        return VERSION.matcher(url.substring(url.lastIndexOf('/') + 1)).matches();
    }

    private static String withoutProject(String url, String project) {
        int slash = url.lastIndexOf('/');
        String last = url.substring(slash + 1);
        boolean ofProject = last.equals(project)
                || PROJECT.matcher(last.toLowerCase(Locale.ROOT)).matches();
        return ofProject && slash > 0 ? url.substring(0, slash) : url;
    }

    private List<Entry> of(String type) {
        return entries.stream().filter(entry -> entry.type().equals(type)).toList();
    }

    private static String withoutSlash(String url) {
        String cut = url.strip();
        while (cut.endsWith("/")) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return cut;
    }
}
