package io.jenkins.plugins.nova.simulator;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Query strings: what Nova's schemas refuse, and paging. */
final class Queries {

    private Queries() {}

    /** One page: items, and the link to the next, null when there is none. */
    record Page<T>(List<T> items, String next) {}

    /** Refuses parameters that are not known, from a microversion on; before it they are ignored. */
    static void known(Call call, int strictFrom, Set<String> names) {
        for (String name : call.request().query().keySet()) {
            if (!names.contains(name) && call.atLeast(strictFrom)) {
                throw ApiError.badRequest("Additional properties are not allowed ('" + name + "' was unexpected)");
            }
        }
    }

    /** A non-negative limit no larger than the cloud's; the cloud's when none is given. */
    static int limit(Call call, int max) {
        String limit = call.request().param("limit");
        if (limit == null) {
            return max;
        }
        if (!limit.matches("[0-9]*")) {
            throw ApiError.badRequest("Invalid input for query parameters limit. Value: " + limit + ". '" + limit
                    + "' does not match '^[0-9]*$'");
        }
        return limit.isEmpty() ? max : Math.min(Integer.parseInt(limit), max);
    }

    /**
     * The page behind the marker.
     *
     * @param collection the link's path, such as /servers/detail
     * @param missingMarker Nova's words for a marker that is not there
     */
    static <T> Page<T> page(
            Call call, String collection, List<T> all, Function<T, String> id, int limit, String missingMarker) {
        String marker = call.request().param("marker");
        int from = 0;
        if (marker != null) {
            List<String> ids = new ArrayList<>(all.stream().map(id).toList());
            from = ids.indexOf(marker) + 1;
            if (from == 0) {
                throw ApiError.badRequest(missingMarker);
            }
        }
        List<T> items = all.subList(from, Math.min(all.size(), from + limit));
        boolean full = !items.isEmpty() && items.size() == limit;
        return new Page<>(items, full ? link(call, collection, id.apply(items.get(items.size() - 1))) : null);
    }

    private static String link(Call call, String collection, String marker) {
        StringBuilder link =
                new StringBuilder(call.request().base()).append(collection).append('?');
        call.request().query().forEach((name, values) -> {
            if (!name.equals("marker")) {
                values.forEach(value -> link.append(encode(name))
                        .append('=')
                        .append(encode(value))
                        .append('&'));
            }
        });
        return link.append("marker=").append(encode(marker)).toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
