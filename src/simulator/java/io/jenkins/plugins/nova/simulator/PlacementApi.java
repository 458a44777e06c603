package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Placement's GET /allocation_candidates (1.10 to 1.39): which providers have room and the required traits. Microversion
 * 1.12 turned the allocations into an object, 1.17 added traits and {@code required}, 1.22 forbidden traits, 1.29 the
 * provider's root and 1.34 mappings. What is held of a provider: {@link ProvidersApi}.
 */
final class PlacementApi {
    static final int MAX_MINOR = 39;
    static final String PREFIX =
            "The server could not comply with the request since it is either malformed or otherwise incorrect.\n\n ";
    private static final Set<String> STANDARD = Set.of("VCPU", "MEMORY_MB", "DISK_GB");
    private static final Set<String> PARAMETERS = Set.of(
            "resources", "required", "member_of", "in_tree", "limit", "group_policy", "root_required", "same_subtree");

    private final KeystoneApi keystone;
    private final World world;
    private final Scheduler scheduler;
    private final ProvidersApi providers;

    PlacementApi(KeystoneApi keystone, World world, Scheduler scheduler) {
        this.keystone = keystone;
        this.world = world;
        this.scheduler = scheduler;
        this.providers = new ProvidersApi(world, scheduler);
    }

    Answer answer(Request request) {
        Answer answer;
        try {
            answer = versioned(request);
        } catch (ApiError e) {
            answer = e.status() == 401
                    ? e.asKeystone().with("WWW-Authenticate", "Keystone uri=\"" + request.base() + "\"")
                    : e.asPlacement(request.id(), false);
        }
        return answer.with("x-openstack-request-id", request.id());
    }

    private Answer versioned(Request request) {
        int minor = minor(request);
        Answer answer;
        try {
            answer = route(request, minor);
        } catch (ApiError e) {
            if (e.status() == 401) {
                throw e;
            }
            answer = e.asPlacement(request.id(), minor >= 23);
        }
        return answer.with("openstack-api-version", "placement 1." + minor).with("vary", "openstack-api-version");
    }

    private Answer route(Request request, int minor) {
        if (request.segments().isEmpty()) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ObjectNode version = body.putArray("versions").addObject();
            version.put("id", "v1.0").put("max_version", "1." + MAX_MINOR).put("min_version", "1.0");
            version.put("status", "CURRENT")
                    .putArray("links")
                    .addObject()
                    .put("rel", "self")
                    .put("href", "");
            return Answer.json(200, body);
        }
        SimUser user = keystone.caller(request).orElseThrow(() -> new ApiError(401, KeystoneApi.UNAUTHORIZED));
        if (request.segments().get(0).equals("resource_providers") && request.is("GET")) {
            return providers.answer(request, user, minor);
        }
        boolean candidates = request.path().equals("/allocation_candidates") && request.is("GET");
        if (!candidates || minor < 10) {
            throw ApiError.notFound("The resource could not be found.\n\n   ");
        }
        if (!user.admin()) {
            throw denied("placement:allocation_candidates:list");
        }
        return candidates(request, minor);
    }

    static ApiError denied(String policy) {
        return new ApiError(
                403, "Access was denied to this resource.\n\n Policy does not allow " + policy + " to be performed.  ");
    }

    private static int minor(Request request) {
        String header = request.header("openstack-api-version");
        for (String part : header == null ? new String[0] : header.split(",")) {
            String wanted = part.trim().replaceFirst("^placement ", "").trim();
            if (!part.trim().startsWith("placement ")) {
                continue;
            }
            if (wanted.equals("latest")) {
                return MAX_MINOR;
            }
            if (!wanted.matches("1\\.\\d{1,2}") || Integer.parseInt(wanted.substring(2)) > MAX_MINOR) {
                throw new ApiError(
                        406,
                        "The resource could not be generated that was acceptable to your browser (content of type"
                                + " application/json. \n\n Invalid microversion: Unacceptable version header: "
                                + wanted);
            }
            return Integer.parseInt(wanted.substring(2));
        }
        return 0;
    }

    private Answer candidates(Request request, int minor) {
        for (String name : request.query().keySet()) {
            if (!PARAMETERS.contains(name)) {
                throw ApiError.badRequest(
                        PREFIX + "Invalid query string parameters: '" + name + "' does not match any of the regexes  ");
            }
        }
        if (request.param("resources") == null) {
            throw ApiError.badRequest(PREFIX + "There must be at least one resources or resources[$S] parameter.  ");
        }
        if (minor < 17 && request.param("required") != null) {
            throw ApiError.badRequest(PREFIX + "Invalid query string parameters: Additional properties are not allowed"
                    + " ('required' was unexpected)  ");
        }
        Map<String, Long> wanted = resources(request.param("resources"));
        knownTraits(required(request));
        List<SimHost> fits = new ArrayList<>(world.hosts.values());
        fits.removeIf(host -> !fits(host, wanted, required(request)));
        String limit = request.param("limit");
        List<SimHost> shown = limit == null ? fits : fits.subList(0, Math.min(fits.size(), Integer.parseInt(limit)));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode requests = body.putArray("allocation_requests");
        ObjectNode summaries = body.putObject("provider_summaries");
        for (SimHost host : shown) {
            request(requests.addObject(), host, wanted, minor);
            summary(summaries.putObject(host.hypervisorId), host, wanted, minor);
        }
        return Answer.json(200, body);
    }

    /** The standard classes (some of them), and those that some host has. */
    private boolean known(String resourceClass) {
        return STANDARD.contains(resourceClass)
                || Set.of("PCPU", "VGPU", "PCI_DEVICE", "MEM_ENCRYPTION_CONTEXT")
                        .contains(resourceClass)
                || world.hosts.values().stream().anyMatch(host -> host.others.containsKey(resourceClass));
    }

    private Map<String, Long> resources(String text) {
        Map<String, Long> wanted = new LinkedHashMap<>();
        for (String part : text.split(",")) {
            String[] pair = part.split(":", 2);
            if (!known(pair[0])) {
                throw ApiError.badRequest(PREFIX
                        + "Invalid resource class in resources parameter: No such resource class " + pair[0] + ".  ");
            }
            if (pair.length < 2 || !pair[1].matches("[1-9]\\d*")) {
                throw ApiError.badRequest(PREFIX + "Requested resource " + pair[0]
                        + " expected positive integer amount. Got: " + (pair.length < 2 ? "" : pair[1]) + ".  ");
            }
            wanted.put(pair[0], Long.valueOf(pair[1]));
        }
        return wanted;
    }

    private static Set<String> required(Request request) {
        Set<String> required = new TreeSet<>();
        request.query()
                .getOrDefault("required", List.of())
                .forEach(value -> required.addAll(List.of(value.split(","))));
        return required;
    }

    /** Placement knows the standard traits and the custom ones that somebody made. */
    private void knownTraits(Set<String> required) {
        for (String trait : required) {
            String name = trait.replace("!", "");
            if (name.startsWith("CUSTOM_") && world.hosts.values().stream().noneMatch(h -> h.traits.contains(name))) {
                throw ApiError.badRequest(PREFIX + "No such trait(s): " + name + ".  ");
            }
        }
    }

    private boolean fits(SimHost host, Map<String, Long> wanted, Set<String> required) {
        Set<String> traits = traits(host);
        boolean allowed = required.stream()
                .allMatch(t -> t.startsWith("!") ? !traits.contains(t.substring(1)) : traits.contains(t));
        return allowed && wanted.entrySet().stream().allMatch(e -> scheduler.fits(host, e.getKey(), e.getValue()));
    }

    /** A running nova-compute marks itself when its service is disabled. */
    static Set<String> traits(SimHost host) {
        Set<String> traits = new TreeSet<>(host.traits);
        if (!host.enabled && host.running()) {
            traits.add("COMPUTE_STATUS_DISABLED");
        }
        return traits;
    }

    private static void request(ObjectNode json, SimHost host, Map<String, Long> wanted, int minor) {
        ObjectNode resources;
        if (minor >= 12) {
            resources =
                    json.putObject("allocations").putObject(host.hypervisorId).putObject("resources");
        } else {
            ObjectNode allocation = json.putArray("allocations").addObject();
            allocation.putObject("resource_provider").put("uuid", host.hypervisorId);
            resources = allocation.putObject("resources");
        }
        wanted.forEach(resources::put);
        if (minor >= 34) {
            json.putObject("mappings").putArray("").add(host.hypervisorId);
        }
    }

    private void summary(ObjectNode json, SimHost host, Map<String, Long> wanted, int minor) {
        ObjectNode resources = json.putObject("resources");
        Set<String> shown = new TreeSet<>(minor >= 27 ? host.classes() : wanted.keySet());
        shown.forEach(name ->
                resources.putObject(name).put("capacity", host.capacity(name)).put("used", scheduler.used(host, name)));
        if (minor >= 17) {
            ArrayNode traits = json.putArray("traits");
            traits(host).forEach(traits::add);
        }
        if (minor >= 29) {
            json.putNull("parent_provider_uuid").put("root_provider_uuid", host.hypervisorId);
        }
    }
}
