package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Nova's front door: token, microversion, and which resource answers. */
final class NovaApi {
    private static final Pattern VERSION = Pattern.compile("2\\.([1-9]\\d*|0)");

    private final KeystoneApi keystone;
    private final World world;
    private final int maxMinor;
    private final ServersApi servers;
    private final ActionsApi actions;
    private final MigrationsApi migrations;
    private final InstanceActionsApi instanceActions;
    private final InterfacesApi interfaces;
    private final DiagnosticsApi diagnostics;
    private final SharesApi shares;
    private final ServicesApi services;
    private final HypervisorsApi hypervisors;
    private final CatalogueApi catalogue;

    NovaApi(KeystoneApi keystone, World world, int maxMinor, int maxLimit, Scheduler scheduler, Movers movers) {
        this.keystone = keystone;
        this.world = world;
        this.maxMinor = maxMinor;
        this.servers = new ServersApi(world, scheduler, maxLimit);
        this.actions = new ActionsApi(world, scheduler, movers);
        this.migrations = new MigrationsApi(world, movers.live(), maxLimit);
        this.instanceActions = new InstanceActionsApi(world, maxLimit);
        this.interfaces = new InterfacesApi(world);
        this.diagnostics = new DiagnosticsApi(world);
        this.shares = new SharesApi(world);
        this.services = new ServicesApi(world);
        this.hypervisors = new HypervisorsApi(world, scheduler, maxLimit);
        this.catalogue = new CatalogueApi(world, maxLimit);
    }

    Answer answer(Request request) {
        try {
            return identified(versioned(request), request);
        } catch (ApiError e) {
            if (e.status() == 401) {
                return identified(e.asKeystone(), request)
                        .with("WWW-Authenticate", "Keystone uri=\"" + request.base() + "\"");
            }
            return identified(e.asNova(), request);
        }
    }

    /** What a user asks of a server without HTTP; Nova's status. Apostrophes stand for quotation marks. */
    int act(String userName, String serverId, String action) {
        SimUser user = world.users.stream()
                .filter(one -> one.name().equals(userName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no user '" + userName + "'"));
        Request request = Request.action(
                serverId,
                action.replace('\'', '"'),
                "req-" + World.uuid("act " + world.actions.size() + " of " + serverId));
        try {
            return actions.act(new Call(request, user, maxMinor), serverId).status();
        } catch (ApiError e) {
            return e.status();
        }
    }

    /** The list of versions, above /v2.1. */
    Answer versions(Request request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode versions = body.putArray("versions");
        version(versions.addObject(), "v2.0", "SUPPORTED", "", "", request.base() + "/v2/");
        version(versions.addObject(), "v2.1", "CURRENT", "2." + maxMinor, "2.1", request.base() + "/v2.1/");
        return identified(Answer.json(200, body), request);
    }

    private static void version(ObjectNode to, String id, String status, String max, String min, String href) {
        to.put("id", id).put("status", status).put("version", max).put("min_version", min);
        to.put("updated", "2013-07-23T11:33:21Z");
        to.putArray("links").addObject().put("rel", "self").put("href", href);
    }

    private static Answer identified(Answer answer, Request request) {
        return answer.with("X-OpenStack-Request-Id", request.id()).with("X-Compute-Request-Id", request.id());
    }

    private Answer versioned(Request request) {
        boolean root = request.segments().isEmpty();
        SimUser user = keystone.caller(request).orElse(null);
        if (user == null && !root) {
            throw new ApiError(401, KeystoneApi.UNAUTHORIZED);
        }
        int minor = minor(request);
        if (root) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            version(body.putObject("version"), "v2.1", "CURRENT", "2." + maxMinor, "2.1", request.base() + "/");
            return Answer.json(200, body);
        }
        Answer answer;
        try {
            answer = route(new Call(request, user, minor));
        } catch (ApiError e) {
            answer = e.asNova();
        }
        return answer.headers().get("Content-Type").startsWith("text/") ? answer : spoken(answer, "2." + minor);
    }

    private static Answer spoken(Answer answer, String version) {
        return answer.with("OpenStack-API-Version", "compute " + version)
                .with("X-OpenStack-Nova-API-Version", version)
                .with("Vary", "OpenStack-API-Version");
    }

    /** Nova reads OpenStack-API-Version, then the older header of its own; 2.1 without either. */
    private int minor(Request request) {
        String wanted = request.header("x-openstack-nova-api-version");
        String header = request.header("openstack-api-version");
        for (String part : header == null ? new String[0] : header.split(",")) {
            if (part.trim().startsWith("compute ")) {
                wanted = part.trim().substring("compute ".length()).trim();
            }
        }
        if (wanted == null) {
            return 1;
        }
        if (wanted.equals("latest")) {
            return maxMinor;
        }
        Matcher matcher = VERSION.matcher(wanted);
        if (!wanted.matches("[1-9]\\d*\\.([1-9]\\d*|0)")) {
            throw ApiError.badRequest(
                    "API Version String " + wanted + " is of invalid format. Must be of format MajorNum.MinorNum.");
        }
        if (!matcher.matches()
                || Integer.parseInt(matcher.group(1)) > maxMinor
                || matcher.group(1).equals("0")) {
            throw new ApiError(
                    406,
                    "Version " + wanted + " is not supported by the API. Minimum is 2.1 and maximum is 2." + maxMinor
                            + ".");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private Answer route(Call unrouted) {
        List<String> path = new ArrayList<>(unrouted.request().segments());
        Call call = unrouted;
        if (path.get(0).equals(unrouted.user().projectId()) && path.size() > 1) {
            path.remove(0); // the project's id in the URL is optional since 2.18 and may not appear in a catalogue
            call = unrouted.withRequest(unrouted.request().withPath("/" + String.join("/", path)));
        }
        Answer answer = switch (path.get(0)) {
            case "servers" -> server(call, path);
            case "os-migrations" -> path.size() == 1 && call.request().is("GET") ? migrations.index(call) : null;
            case "os-services" -> services.answer(call, path);
            case "os-hypervisors" -> hypervisors.answer(call, path);
            case "os-server-groups", "os-aggregates", "flavors" -> catalogue.answer(call, path);
            default -> null;
        };
        if (answer == null) {
            return Answer.text(
                    404, "text/plain; charset=UTF-8", "404 Not Found\n\nThe resource could not be found.\n\n   ");
        }
        return answer;
    }

    private Answer server(Call call, List<String> path) {
        String below = path.size() > 2 ? path.get(2) : "";
        if (path.size() <= 2) {
            return servers.answer(call, path);
        }
        return switch (below) {
            case "action" -> call.request().is("POST") && path.size() == 3 ? actions.act(call, path.get(1)) : null;
            case "migrations" -> migrations.answer(call, path);
            case "os-instance-actions" -> call.request().is("GET") ? instanceActions.answer(call, path) : null;
            case "diagnostics" -> call.request().is("GET") && path.size() == 3 ? diagnostics.answer(call, path) : null;
            case "shares" -> call.request().is("GET") && path.size() == 3 ? shares.answer(call, path) : null;
            case "os-interface" -> call.request().is("GET") && path.size() == 3 ? interfaces.answer(call, path) : null;
            default -> null;
        };
    }
}
