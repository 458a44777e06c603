package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** GET and DELETE of /servers, /servers/detail and /servers/{id}. */
final class ServersApi {
    private static final Set<String> TRUE = Set.of("1", "t", "true", "on", "y", "yes");
    private static final Set<String> FALSE = Set.of("0", "f", "false", "off", "n", "no");
    private static final Set<String> STATUSES = Set.of(
            "ACTIVE",
            "BUILD",
            "DELETED",
            "ERROR",
            "HARD_REBOOT",
            "MIGRATING",
            "PASSWORD",
            "PAUSED",
            "REBOOT",
            "REBUILD",
            "RESCUE",
            "RESIZE",
            "REVERT_RESIZE",
            "SHELVED",
            "SHELVED_OFFLOADED",
            "SHUTOFF",
            "SOFT_DELETED",
            "SUSPENDED",
            "VERIFY_RESIZE");
    /** Parameters that Nova's schema knows and that do not filter (nova/api/openstack/compute/schemas/servers.py). */
    private static final Set<String> NO_FILTERS =
            Set.of("all_tenants", "limit", "marker", "sort_key", "sort_dir", "deleted");
    /** What Nova lets only admins filter by; for others these are ignored, not refused. */
    private static final Set<String> ADMIN_FILTERS = Set.of("host", "node");

    private static final double DELETE_SECONDS = 0.3;

    private final World world;
    private final ServerView view;
    private final ServerCreation creation;
    private final int maxLimit;

    ServersApi(World world, Scheduler scheduler, int maxLimit) {
        this.world = world;
        this.view = new ServerView(world);
        this.creation = new ServerCreation(world, scheduler);
        this.maxLimit = maxLimit;
    }

    Answer answer(Call call, List<String> path) {
        String id = path.size() > 1 ? path.get(1) : null;
        if (call.request().is("GET")) {
            return id == null || id.equals("detail") ? index(call, id != null) : show(call, mapped(world, call, id));
        }
        if (call.request().is("POST") && id == null) {
            return creation.create(call);
        }
        if (call.request().is("DELETE") && id != null) {
            delete(find(world, call, id));
            return Answer.empty(204);
        }
        return null;
    }

    /** The answer comes before the deed; a second request meanwhile is taken like the first. */
    private void delete(SimServer server) {
        world.state(server, server.vmState, "deleting");
        world.time.after(DELETE_SECONDS, () -> world.delete(server));
    }

    /**
     * A server the caller may see, else Nova's 404; a 500 when its cell does not answer (nova/compute/api.py,
     * _get_instance_from_cell without cell_down_support).
     */
    static SimServer find(World world, Call call, String id) {
        SimServer server = mapped(world, call, id);
        if (!world.answers(server)) {
            throw ApiError.cellDown();
        }
        return server;
    }

    /** The same, but GET of a server shows what the API's own database knows of one whose cell does not answer (2.69). */
    private static SimServer mapped(World world, Call call, String id) {
        SimServer server = known(world, call, id);
        if (!world.answers(server) && !(call.request().is("GET") && call.atLeast(69))) {
            throw ApiError.cellDown();
        }
        return server;
    }

    private static SimServer known(World world, Call call, String id) {
        SimServer server = world.servers.get(id);
        if (server == null || !call.sees(server)) {
            throw ApiError.notFound("Instance " + id + " could not be found.");
        }
        return server;
    }

    private Answer show(Call call, SimServer server) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("server", world.answers(server) ? view.full(call, server, true) : view.ofDownCell(call, server, true));
        return Answer.json(200, body);
    }

    private Answer index(Call call, boolean detail) {
        int limit = Queries.limit(call, maxLimit);
        Predicate<SimServer> wanted = filter(call, detail);
        List<SimServer> found = world.servers.values().stream()
                .filter(world::answers)
                .filter(wanted)
                .sorted(Comparator.comparing((SimServer s) -> s.created)
                        .thenComparingInt(s -> s.number)
                        .reversed())
                .toList();
        String marker = call.request().param("marker");
        Queries.Page<SimServer> page = Queries.page(
                call,
                detail ? "/servers/detail" : "/servers",
                found,
                s -> s.id,
                limit,
                "marker [" + marker + "] not found");
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode servers = body.putArray("servers");
        if (tellsDownCells(call)) {
            world.servers.values().stream()
                    .filter(s -> !world.answers(s))
                    .filter(wanted)
                    .limit(limit - page.items().size())
                    .forEach(s -> servers.add(view.ofDownCell(call, s, false)));
        }
        page.items().forEach(s -> servers.add(detail ? view.full(call, s, false) : view.brief(call, s)));
        if (page.next() != null) {
            body.putArray("servers_links").addObject().put("rel", "next").put("href", page.next());
        }
        return Answer.json(200, body);
    }

    /**
     * Rows of a cell that does not answer are left out without a word, unless nothing is filtered, sorted or paged
     * (nova/api/openstack/compute/servers.py, _is_cell_down_supported; nova/compute/multi_cell_list.py): then they come first,
     * with what the API's own database knows, as far as the page has room for them.
     */
    private static boolean tellsDownCells(Call call) {
        Set<String> given = new HashSet<>(call.request().query().keySet());
        if (!call.user().admin()) {
            given.removeAll(ADMIN_FILTERS);
        }
        return call.atLeast(69) && Set.of("all_tenants").containsAll(given);
    }

    private Predicate<SimServer> filter(Call call, boolean detail) {
        Map<String, Function<SimServer, String>> exact = Map.of(
                "host", s -> s.host,
                "node", s -> s.host,
                "uuid", s -> s.id,
                "vm_state", s -> s.vmState,
                "task_state", s -> s.taskState,
                "user_id", s -> s.owner.id(),
                "project_id", s -> s.owner.projectId(),
                "tenant_id", s -> s.owner.projectId(),
                "image", s -> s.imageId,
                "flavor", s -> s.flavor.id());
        boolean all = flag(call, "all_tenants");
        if (all) {
            call.needAdmin("os_compute_api:servers:" + (detail ? "detail" : "index") + ":get_all_tenants");
        }
        Predicate<SimServer> wanted =
                s -> all || s.owner.projectId().equals(call.user().projectId());
        Set<String> names = new HashSet<>(call.request().query().keySet());
        names.removeAll(NO_FILTERS);
        for (String name : names) {
            String value = call.request().param(name);
            boolean ignored = ADMIN_FILTERS.contains(name) && !call.user().admin();
            if (!ignored && exact.containsKey(name)) {
                wanted = wanted.and(s -> value.equals(exact.get(name).apply(s)));
            } else if (!ignored) {
                wanted = wanted.and(other(call, name, value));
            }
        }
        return wanted;
    }

    private Predicate<SimServer> other(Call call, String name, String value) {
        switch (name) {
            case "name", "display_name":
                Pattern pattern = regexp(name, value);
                return s -> pattern.matcher(s.name).find();
            case "status":
                List<String> statuses = call.request().query().get(name);
                if (statuses.stream().noneMatch(s -> STATUSES.contains(s.toUpperCase(Locale.ROOT)))) {
                    throw ApiError.badRequest("Invalid status value");
                }
                return s -> statuses.stream().anyMatch(s.status()::equalsIgnoreCase);
            case "changes-since":
                Instant since = Times.parse(name, value);
                return s -> !s.updated.isBefore(since);
            case "locked":
                if (call.atLeast(73)) {
                    boolean locked = flag(call, "locked");
                    return s -> s.locked == locked;
                }
                return s -> true;
            case "tags", "tags-any", "not-tags", "not-tags-any":
                List<String> tags = List.of(value.split(","));
                boolean any = name.endsWith("any");
                Predicate<SimServer> tagged =
                        s -> any ? tags.stream().anyMatch(s.tags::contains) : s.tags.containsAll(tags);
                return name.startsWith("not") ? tagged.negate() : tagged;
            case "availability_zone":
                return s -> s.host != null && world.hosts.get(s.host).zone.equals(value);
            default:
                if (call.atLeast(75)) {
                    throw ApiError.badRequest("'" + name + "' does not match any of the regexes: '^_'");
                }
                return s -> true;
        }
    }

    private static Pattern regexp(String name, String value) {
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw ApiError.badRequest("Invalid input for query parameters " + name + ". Value: " + value + ". '" + value
                    + "' is not a 'regex'");
        }
    }

    private static boolean flag(Call call, String name) {
        String value = call.request().param(name);
        if (value == null || FALSE.contains(value.toLowerCase(Locale.ROOT))) {
            return false;
        }
        if (value.isEmpty() || TRUE.contains(value.toLowerCase(Locale.ROOT))) {
            return true; // nova/api/openstack/compute/servers.py: all_tenants without a value means yes
        }
        throw ApiError.badRequest("Unrecognized value '" + value
                + "', acceptable values are: '0', '1', 'f', 'false', 'n', 'no', 'off', 'on', 't', 'true', 'y', 'yes'");
    }
}
