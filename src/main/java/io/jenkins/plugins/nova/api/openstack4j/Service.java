package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.http.Answer;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import io.jenkins.plugins.nova.api.openstack4j.http.Intake;
import io.jenkins.plugins.nova.api.openstack4j.http.RefusalReader;
import io.jenkins.plugins.nova.api.openstack4j.identity.Grant;
import io.jenkins.plugins.nova.api.openstack4j.identity.JdkResponse;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.openstack4j.api.types.ServiceType;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.openstack.internal.BaseOpenStackService;

/**
 * Calls of one service of the catalogue through openstack4j, which adds endpoint and token. No call of openstack4j's
 * own is used: none sends a microversion, and their results tell too little (404 and 503 count as success here and
 * there).
 */
final class Service extends BaseOpenStackService {

    /** A list may take so many times as long as one answer, over all its pages. */
    private static final int MOST_TIMES = 10;

    private final Session session;
    private final String type;
    private final boolean renews;

    /**
     * @param type whose endpoint
     * @param url what becomes of the catalogue's URL
     */
    Service(Session session, ServiceType type, UnaryOperator<String> url) {
        super(type, url::apply);
        this.session = session;
        this.type = type.getType();
        this.renews = true;
    }

    /**
     * Of a service that openstack4j does not know, and that a maintenance can do without. The token is not renewed for its 401, which
     * may mean an access rule: moves under way go on with that token.
     *
     * @param types in the catalogue, the one that counts first
     * @param url what becomes of the catalogue's URL
     */
    Service(Session session, List<String> types, UnaryOperator<String> url) {
        super(ServiceType.UNKNOWN, nothing -> url.apply(session.catalogue().url(types)));
        this.session = session;
        this.type = types.get(0);
        this.renews = false;
    }

    /**
     * One call.
     *
     * @param call in words, for messages
     * @param method of HTTP
     * @param path begins with a slash; already escaped
     * @param query names and values, not escaped
     * @param json the body; null for none
     * @param version the whole OpenStack-API-Version header; null for none
     */
    record Request(
            String call, HttpMethod method, String path, Map<String, String> query, String json, String version) {

        static Request get(String call, String path, Map<String, String> query, String version) {
            return new Request(call, HttpMethod.GET, path, query, null, version);
        }

        Request and(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(query);
            more.put(name, value);
            return new Request(call, method, path, more, json, version);
        }

        /** Not the body. */
        @Override
        public String toString() {
            return call;
        }
    }

    /**
     * Sends a change. A 401 proves that it was not acted on: then it is sent once more with a new token. The answer's body
     * is not read: any 2xx means that it was taken, whatever became of the rest of the answer.
     *
     * @return an answer of 200 to 299
     */
    Answer send(Request request) {
        // a PUT is over with its answer (os-services); what else changes something, Nova goes on with
        Answer answer = exchange(session.grant(), request, request.method() != HttpMethod.PUT);
        answer.release();
        return answer;
    }

    /**
     * Sends a change as {@link #send} does, one that is over with its answer.
     *
     * @return what the answer says; null when it cannot be read, which changes nothing about its having been taken
     */
    Fields sendAndRead(Request request) {
        Answer answer = exchange(session.grant(), request, false);
        try {
            return answer.json(request.call());
        } catch (NovaException.Unintelligible | NovaException.NoAnswer e) {
            return null;
        } finally {
            answer.release();
        }
    }

    /** Reads one object. */
    Fields read(Request request) {
        return json(exchange(session.grant(), request, false), request);
    }

    private static Fields json(Answer answer, Request request) {
        try {
            return answer.json(request.call());
        } finally {
            answer.release();
        }
    }

    /** @param work whether the cloud may go on with the token when the answer is there, or was lost */
    private Answer exchange(Grant grant, Request request, boolean work) {
        session.backoff().check(type, request.call());
        Answer answer = sendWith(grant, request, work);
        if (answer.status() == 401 && renews) {
            answer.release();
            answer = sendWith(session.replace(grant), request, work);
        }
        if (answer.status() < 400) {
            return answer;
        }
        try {
            if (answer.status() == 401) {
                throw session.notAccepted(request.call(), request.method() + " …" + request.path(), answer);
            }
            NovaException.Refused refused =
                    RefusalReader.refused(request.call(), answer, session::hide, session.clock());
            session.backoff().heard(type, refused);
            throw refused;
        } finally {
            answer.release();
        }
    }

    /**
     * Reads a list page by page, as long as Nova links a next one. Only the link's presence is taken: the next page is
     * asked of the same endpoint as the first, by the id of the last row that tells one; what is behind that one comes
     * again. The list as a whole is bounded in time and size, too.
     *
     * @param items the list's name in the answer
     * @param links the name of its links
     * @param id the field that is the marker
     * @return its rows, whatever they are; each once
     */
    List<JsonNode> readAll(Request first, String items, String links, String id) {
        Set<String> markers = new HashSet<>();
        return readPages(first, items, (answer, found, all) -> {
            boolean more = answer.objectsIfAny(links).stream().anyMatch(link -> "next".equals(link.textOrNull("rel")));
            if (!more || found.isEmpty()) {
                return null;
            }
            String marker = marker(answer, found, items, id);
            if (!markers.add(marker)) {
                throw answer.odd(links, "moving on: the pages go in circles");
            }
            return first.and("marker", marker);
        });
    }

    /**
     * Reads a list that has no links, from offset to offset, until a page brings nothing new; bounded as
     * {@link #readAll} is.
     *
     * @param items the list's name in the answer
     * @return its rows, whatever they are; each once
     */
    List<JsonNode> readByOffset(Request first, String items) {
        int[] before = {0};
        return readPages(first.and("offset", "0"), items, (answer, found, all) -> {
            boolean more = all > before[0];
            before[0] = all;
            return more ? first.and("offset", String.valueOf(all)) : null;
        });
    }

    /** What is to be read after a page. */
    private interface Next {
        /**
         * @param found the page's rows
         * @param all how many different rows were read so far, these among them
         * @return null when this was the last page
         */
        Request after(Fields answer, List<JsonNode> found, int all);
    }

    private List<JsonNode> readPages(Request first, String items, Next next) {
        Instant end =
                session.clock().instant().plus(session.wire().answerTimeout().multipliedBy(MOST_TIMES));
        Intake intake = session.wire().intake();
        Set<JsonNode> all = new LinkedHashSet<>();
        Request page = first;
        long kept = 0;
        try {
            while (true) {
                Answer came = exchange(session.grant(), page, false);
                int size = came.size();
                Fields answer = json(came, page);
                if (!intake.take(size)) {
                    throw new NovaException.Unintelligible(
                            first.call() + ": the list does not fit beside the other answers that are being read, "
                                    + intake.most() + " bytes together at most",
                            null);
                }
                kept += size;
                List<JsonNode> found = answer.items(items);
                all.addAll(found);
                page = next.after(answer, found, all.size());
                if (page == null) {
                    return List.copyOf(all);
                }
                if (session.clock().instant().isAfter(end)) {
                    throw new NovaException.NoAnswer(
                            first.call() + ": the list has no end after " + all.size() + " entries and "
                                    + session.wire()
                                            .answerTimeout()
                                            .multipliedBy(MOST_TIMES)
                                            .toSeconds() + " s",
                            null);
                }
            }
        } finally {
            intake.giveBack(kept);
        }
    }

    /** The id of the last row of a page that tells one. */
    private static String marker(Fields answer, List<JsonNode> found, String items, String id) {
        String marker = "";
        for (JsonNode row : found) {
            String told = row.isObject() ? Fields.row(row).exactIfAny(id) : null;
            marker = told == null ? marker : told;
        }
        if (marker.isEmpty()) {
            throw answer.odd(items, "a list to go on from: no row tells its " + id);
        }
        return marker;
    }

    /**
     * An id as one segment of a path.
     *
     * @throws IllegalArgumentException when it would be another path: nothing, {@code .} or {@code ..}
     */
    static String segment(String id) {
        if (id.isBlank() || id.equals(".") || id.equals("..")) {
            throw new IllegalArgumentException("'" + id + "' is no id");
        }
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer sendWith(Grant grant, Request request, boolean work) {
        if (work) {
            grant.setToWork();
        }
        Answer answer = session.with(grant, () -> {
            Invocation<Void> invocation = request(request.method(), Void.class, request.path());
            invocation.params(request.query());
            if (request.json() != null) {
                invocation.json(request.json());
            }
            if (request.version() != null) {
                invocation.header("OpenStack-API-Version", request.version());
            }
            return ((JdkResponse) invocation.executeWithResponse()).answer();
        });
        session.cloudClock()
                .seen(answer.header("Date"), answer.when().sent(), answer.when().came());
        return answer;
    }
}
