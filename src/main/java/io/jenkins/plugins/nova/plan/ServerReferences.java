package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.Server;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which servers of a plan a step's parameter names. A name is what a tenant chose, and no identity: it counts only where one
 * server of the plan has it, and what it stands for is its id from then on. A reference that looks like an id is an id and
 * never a name, or a tenant could name a server after another's. Pure.
 *
 * <p>Whoever asks later than at the plan must ask with the servers of the plan all the same: a server that comes after it is
 * meant by its id alone, and not by a name that it has, too.
 */
public final class ServerReferences {

    /** All servers, in place of a reference. */
    public static final String ALL = "*";

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** An error is to be read, not scrolled: of so many servers of one name the ids are told. */
    private static final int MOST_TOLD = 10;

    private final Map<String, Known> known;

    /**
     * A server of a plan.
     *
     * @param id its uuid
     * @param name as its owner gave it, at the time of the plan
     * @param project its project; null when Nova does not tell
     */
    public record Known(String id, String name, String project) {

        /** A server as Nova shows it. */
        public static Known of(Server server) {
            return new Known(server.id(), server.name(), server.projectId());
        }

        private String words() {
            return id + " (project " + project + ")";
        }
    }

    /**
     * What references stand for.
     *
     * @param ids ids of servers, or {@link #ALL}: each id that was given, whether the plan has it or not, and for each name
     *     the id of the one server that has it
     * @param refusal why the step is to be refused, with the parameter, the name and the ids; empty when it is not
     * @param remarks what was named by name and stands for which id, and what stands for no server; in words
     */
    public record Resolved(Set<String> ids, Optional<String> refusal, List<String> remarks) {
        public Resolved {
            ids = Set.copyOf(ids);
            remarks = List.copyOf(remarks);
        }

        /** Whether a server is one of them. */
        public boolean covers(String id) {
            return ServerReferences.covers(ids, id);
        }
    }

    /** Whether a reference to no server of the plan is to be told. */
    private final boolean tellsNone;

    private ServerReferences(Map<String, Known> known, boolean tellsNone) {
        this.known = known;
        this.tellsNone = tellsNone;
    }

    /** References to the servers of a plan. */
    public static ServerReferences among(Collection<Known> servers) {
        Map<String, Known> each = new LinkedHashMap<>();
        servers.forEach(server -> each.put(server.id(), server));
        return new ServerReferences(each, true);
    }

    /** The same where the references are to the servers of more plans than this one: one to none of it is nothing to tell. */
    public ServerReferences ofMorePlans() {
        return new ServerReferences(known, false);
    }

    /** Whether a reference is taken for an id. */
    public static boolean isId(String reference) {
        return ID.matcher(reference).matches();
    }

    /** Whether one of these references is a name, so that it must be looked up what it stands for. */
    public static boolean anyName(Collection<String> references) {
        return references.stream().anyMatch(reference -> !isId(reference) && !reference.equals(ALL));
    }

    /** Whether a server is one of those that ids, or {@link #ALL}, stand for. */
    static boolean covers(Collection<String> ids, String id) {
        return ids.contains(ALL) || ids.contains(id);
    }

    /**
     * What the references of a parameter stand for.
     *
     * @param parameter its name, for the words
     * @param references ids, exact names, or {@link #ALL}
     */
    public Resolved resolve(String parameter, Collection<String> references) {
        Set<String> ids = new LinkedHashSet<>();
        List<String> refusals = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        List<String> none = new ArrayList<>();
        for (String reference : references) {
            if (reference.equals(ALL)) {
                ids.add(ALL);
                continue;
            }
            if (isId(reference)) {
                String id = reference.toLowerCase(Locale.ROOT);
                ids.add(id);
                if (!known.containsKey(id)) {
                    none.add("'" + reference + "'");
                }
                continue;
            }
            List<Known> meant = named(reference);
            if (meant.isEmpty()) {
                none.add("'" + reference + "'");
            } else if (meant.size() > 1) {
                refusals.add(refusal(parameter, reference, meant));
            } else {
                ids.add(meant.get(0).id());
                remarks.add(parameter + ": '" + reference + "' is server "
                        + meant.get(0).words() + ".");
            }
        }
        if (tellsNone && !none.isEmpty()) {
            remarks.add(parameter + ": no server of this plan is " + String.join(" or ", none) + ".");
        }
        return new Resolved(
                ids, refusals.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", refusals)), remarks);
    }

    /** A name that is not as its owner wrote it is nobody's: many look so once what cannot be shown is replaced. */
    private List<Known> named(String name) {
        return known.values().stream()
                .filter(server -> Objects.equals(server.name(), name) && !ForeignText.altered(name))
                .toList();
    }

    private static String refusal(String parameter, String name, List<Known> meant) {
        List<String> told = meant.stream().limit(MOST_TOLD).map(Known::words).toList();
        return parameter + ": '" + name + "' is the name of " + meant.size()
                + " servers, and names are their owners' choice; name those that you mean by their ids: "
                + String.join(", ", told) + (meant.size() > MOST_TOLD ? ", …" : "") + ".";
    }
}
