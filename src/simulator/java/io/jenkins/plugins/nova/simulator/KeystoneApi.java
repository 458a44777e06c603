package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keystone v3: tokens for a password or an application credential, the catalogue, and names of projects and users for those whom
 * its policy lets ask. All services hold to the access rules of an application credential.
 */
final class KeystoneApi {
    static final String UNAUTHORIZED = "The request you have made requires authentication.";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private record Token(SimUser user, Instant issued, Instant expires, String method, boolean scoped) {}

    private final World world;
    private final Duration tokenLife;
    private final List<String> regions;
    private final boolean placement;
    private final Map<String, Token> tokens = new HashMap<>();
    private int issued;

    KeystoneApi(World world, Duration tokenLife, List<String> regions, boolean placement) {
        this.world = world;
        this.tokenLife = tokenLife;
        this.regions = List.copyOf(regions);
        this.placement = placement;
    }

    /** The user of a valid token scoped to a project. */
    Optional<SimUser> user(String token) {
        Token found = token == null ? null : tokens.get(token);
        return found != null && found.scoped && found.expires.isAfter(world.now())
                ? Optional.of(found.user)
                : Optional.empty();
    }

    /** The user of a request's valid token, where the token may be used for this request (keystonemiddleware). */
    Optional<SimUser> caller(Request request) {
        String token = request.header("x-auth-token");
        return user(token).filter(user -> {
            boolean bound = tokens.get(token).method.equals("application_credential") && user.accessRules() != null;
            return !bound || user.accessRules().stream().anyMatch(rule -> rule.allows(request));
        });
    }

    String firstRegion() {
        return regions.get(0);
    }

    void revoke(String token) {
        tokens.remove(token);
    }

    void revokeAll() {
        tokens.clear();
    }

    Answer answer(Request request) {
        try {
            return route(request).with("x-openstack-request-id", request.id()).with("Vary", "X-Auth-Token");
        } catch (ApiError e) {
            Answer answer = e.asKeystone().with("x-openstack-request-id", request.id());
            return e.status() == 401
                    ? answer.with("WWW-Authenticate", "Keystone uri=\"" + request.base() + "\"")
                    : answer;
        }
    }

    Answer versions(Request request) {
        ObjectNode body = NODES.objectNode();
        body.putObject("versions").putArray("values").add(version(request.base() + "/v3/"));
        return Answer.json(300, body);
    }

    private Answer route(Request request) {
        boolean auth = request.path().equals("/auth/tokens");
        if (request.segments().isEmpty() && request.is("GET")) {
            ObjectNode body = NODES.objectNode();
            body.set("version", version(request.base() + "/"));
            return Answer.json(200, body);
        }
        if (auth && request.is("POST")) {
            return issue(request);
        }
        if (auth && (request.is("GET") || request.is("DELETE"))) {
            if (user(request.header("x-auth-token")).isEmpty()) {
                throw new ApiError(401, UNAUTHORIZED);
            }
            String subject = request.header("x-subject-token");
            if (user(subject).isEmpty()) {
                throw ApiError.notFound("Failed to validate token");
            }
            if (request.is("GET")) {
                return Answer.json(200, body(request, tokens.get(subject))).with("X-Subject-Token", subject);
            }
            revoke(subject);
            return Answer.empty(204);
        }
        List<String> path = request.segments();
        if (request.is("GET") && path.size() == 2) {
            switch (path.get(0)) {
                case "projects" -> {
                    return project(request, path.get(1));
                }
                case "users" -> {
                    return user(request, path.get(1));
                }
                default -> {
                    // no other resource of Keystone's is here
                }
            }
        }
        throw ApiError.notFound("The resource could not be found.");
    }

    /** keystone/common/policies/project.py, get_project, for tokens of projects; who may not ask is not told what there is. */
    private Answer project(Request request, String id) {
        SimUser caller = caller(request).orElseThrow(() -> new ApiError(401, UNAUTHORIZED));
        if (!caller.admin() && !caller.projectId().equals(id)) {
            throw denied("identity:get_project");
        }
        ObjectNode body = NODES.objectNode();
        body.set(
                "project",
                world.users.stream()
                        .filter(user -> user.projectId().equals(id))
                        // a file that has the id alone
                        .filter(user -> !user.projectName().equals(id))
                        .map(user -> resource(id, user.projectName())
                                .put("description", "")
                                .put("parent_id", "default")
                                .put("is_domain", false))
                        .findFirst()
                        .orElseThrow(() -> ApiError.notFound("Could not find project: " + id + ".")));
        return Answer.json(200, body);
    }

    /** keystone/common/policies/user.py, get_user. */
    private Answer user(Request request, String id) {
        SimUser caller = caller(request).orElseThrow(() -> new ApiError(401, UNAUTHORIZED));
        if (!caller.admin() && !caller.id().equals(id)) {
            throw denied("identity:get_user");
        }
        ObjectNode body = NODES.objectNode();
        body.set(
                "user",
                world.users.stream()
                        .filter(user -> user.id().equals(id))
                        .filter(user -> !user.id().equals(CloudBuilder.nameless(user.projectId())))
                        .map(user -> resource(id, user.name()).putNull("password_expires_at"))
                        .findFirst()
                        .orElseThrow(() -> ApiError.notFound("Could not find user: " + id + ".")));
        return Answer.json(200, body);
    }

    private static ObjectNode resource(String id, String name) {
        return NODES.objectNode()
                .put("id", id)
                .put("name", name)
                .put("domain_id", "default")
                .put("enabled", true);
    }

    private static ApiError denied(String policy) {
        return new ApiError(403, "You are not authorized to perform the requested action: " + policy + ".");
    }

    private static ObjectNode version(String href) {
        ObjectNode version = NODES.objectNode();
        version.put("id", "v3.14").put("status", "stable").put("updated", "2020-04-07T00:00:00Z");
        version.putArray("links").addObject().put("rel", "self").put("href", href);
        return version;
    }

    private Answer issue(Request request) {
        JsonNode auth =
                request.body() == null ? NODES.missingNode() : request.body().path("auth");
        if (!auth.isObject()) {
            throw ApiError.badRequest(
                    "Expecting to find auth in request body. The server could not comply with the request"
                            + " since it is either malformed or otherwise incorrect. The client is assumed to be in error.");
        }
        JsonNode identity = auth.path("identity");
        if (!identity.path("methods").isArray()) {
            throw ApiError.badRequest("'identity' is a required property");
        }
        String method = identity.path("methods").path(0).asText();
        SimUser user = switch (method) {
            case "password" -> byPassword(identity.path("password").path("user"));
            case "application_credential" -> byCredential(identity.path("application_credential"));
            default -> throw new ApiError(401, UNAUTHORIZED);
        };
        boolean scoped = method.equals("application_credential") || auth.has("scope");
        if (method.equals("application_credential") && auth.has("scope")) {
            throw new ApiError(401, "Application credentials cannot request a scope.");
        }
        if (auth.has("scope") && !names(auth.path("scope").path("project"), user)) {
            throw new ApiError(401, UNAUTHORIZED);
        }
        Token token = new Token(user, world.now(), world.now().plus(tokenLife), method, scoped);
        String id = "gAAAAAsimulated" + World.uuid("token " + ++issued).replace("-", "");
        tokens.put(id, token);
        return Answer.json(201, body(request, token)).with("X-Subject-Token", id);
    }

    private SimUser byPassword(JsonNode wanted) {
        return world.users.stream()
                .filter(u -> is(wanted, u))
                .filter(u -> wanted.path("password").asText().equals(u.password()))
                .findFirst()
                .orElseThrow(() -> new ApiError(401, UNAUTHORIZED));
    }

    private static boolean is(JsonNode wanted, SimUser user) {
        return wanted.path("id").asText().equals(user.id())
                || wanted.path("name").asText().equals(user.name()) && isDefault(wanted.path("domain"));
    }

    private SimUser byCredential(JsonNode wanted) {
        String id = wanted.path("id").asText();
        String name = wanted.path("name").asText();
        SimUser user = world.users.stream()
                .filter(u -> u.credentialId() != null)
                .filter(u -> wanted.has("id")
                        ? id.equals(u.credentialId())
                        : name.equals(u.credentialName()) && is(wanted.path("user"), u))
                .findFirst()
                .orElseThrow(() -> ApiError.notFound(
                        "Could not find Application Credential: " + (wanted.has("id") ? id : name) + "."));
        if (!wanted.path("secret").asText().equals(user.credentialSecret())) {
            throw new ApiError(401, UNAUTHORIZED);
        }
        return user;
    }

    private static boolean names(JsonNode project, SimUser user) {
        return project.path("id").asText().equals(user.projectId())
                || project.path("name").asText().equals(user.projectName()) && isDefault(project.path("domain"));
    }

    private static boolean isDefault(JsonNode domain) {
        return domain.path("id").asText().equals("default")
                || domain.path("name").asText().equalsIgnoreCase("Default");
    }

    private ObjectNode body(Request request, Token token) {
        SimUser user = token.user;
        ObjectNode body = NODES.objectNode();
        ObjectNode to = body.putObject("token");
        to.putArray("methods").add(token.method);
        domain(to.putObject("user")
                .put("id", user.id())
                .put("name", user.name())
                .putNull("password_expires_at"));
        if (token.method.equals("application_credential")) {
            to.putObject("application_credential")
                    .put("id", user.credentialId())
                    .put("name", user.credentialName())
                    .put("restricted", true);
        }
        to.putArray("audit_ids").add("c2ltdWxhdGVkLWF1ZGl0LQ");
        to.put("expires_at", Times.micros(token.expires) + "Z").put("issued_at", Times.micros(token.issued) + "Z");
        if (token.scoped) {
            domain(to.putObject("project").put("id", user.projectId()).put("name", user.projectName()));
            to.put("is_domain", false);
            ArrayNode roles = to.putArray("roles");
            user.roles()
                    .forEach(role -> roles.addObject()
                            .put("id", World.uuid("role " + role))
                            .put("name", role));
            String root = request.base().substring(0, request.base().length() - "/identity/v3".length());
            catalogue(to.putArray("catalog"), root, user.projectId());
        }
        return body;
    }

    private static void domain(ObjectNode of) {
        of.putObject("domain").put("id", "default").put("name", "Default");
    }

    private void catalogue(ArrayNode catalogue, String root, String project) {
        service(catalogue, "identity", "keystone", root + "/identity/v3", true);
        service(catalogue, "compute", "nova", root + "/%s/%s/compute/v2.1", false);
        if (placement) {
            service(catalogue, "placement", "placement", root + "/%s/%s/placement", false);
        }
        if (!world.segments.isEmpty()) {
            service(catalogue, "instance-ha", "masakari", root + "/%s/%s/instance-ha/v1", false);
        }
        if (!world.network.agents.isEmpty()) {
            service(catalogue, "network", "neutron", root + "/%s/%s/network", false);
        }
        if (!world.volumeServices.isEmpty()) {
            service(catalogue, world.volumeType, "cinderv3", root + "/%s/%s/block-storage/v3/" + project, false);
        }
        if (!world.balancers.amphorae.isEmpty()) {
            service(catalogue, "load-balancer", "octavia", root + "/%s/%s/load-balancer", false);
        }
    }

    private void service(ArrayNode catalogue, String type, String name, String url, boolean fixed) {
        ObjectNode service = catalogue.addObject();
        ArrayNode endpoints = service.putArray("endpoints");
        for (String region : regions) {
            for (String facing : List.of("public", "internal", "admin")) {
                endpoints
                        .addObject()
                        .put("id", World.uuid("endpoint " + type + region + facing))
                        .put("interface", facing)
                        .put("region_id", region)
                        .put("url", fixed ? url : String.format(url, region, facing))
                        .put("region", region);
            }
        }
        service.put("id", World.uuid("service " + type)).put("type", type).put("name", name);
    }
}
