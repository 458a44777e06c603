package io.jenkins.plugins.nova.drain.run;

import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.Names;
import io.jenkins.plugins.nova.drain.ServerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Asks for the names of the projects and owners of a plan's servers, once, when the plan is made. A name is worth a moment and
 * nothing else: the first of each kind is asked for alone, and where that is refused no other is; a Keystone that does not answer
 * is let be; no request is begun once {@link #BUDGET} is over, nor more than {@link #MOST} in all. Whatever fails leaves ids.
 */
final class NameReader {

    /** So many names are asked for: those of the servers in front. */
    static final int MOST = 200;

    /** No name is asked for any more after this time; the last ones may take a few seconds more. */
    static final Duration BUDGET = Duration.ofSeconds(5);

    private static final String BY_POLICY = " Keystone tells them to an admin and to a reader of the whole system"
            + " (identity:get_project, identity:get_user).";
    private static final String BY_RULES = " An application credential that is bound to access rules needs GET"
            + " /v3/projects/* and GET /v3/users/* of the service identity among them.";

    private final Nova nova;
    private final SideBySide requests;
    private final LongSupplier nanos;
    private final long began;

    /** A kind of names. Its requests may be made by several threads. */
    private static final class Kind {
        private final String words;
        private final Function<String, String> call;
        private final Map<String, String> found = new TreeMap<>();
        private final List<String> open = new ArrayList<>();
        private boolean answered;
        private boolean over;
        private NovaException failure;

        Kind(String words, Function<String, String> call) {
            this.words = words;
            this.call = call;
        }

        synchronized boolean over() {
            return over;
        }

        synchronized void told(String id, String name, boolean byRequest) {
            found.put(id, name);
            answered |= byRequest;
        }

        synchronized void failed(NovaException e, boolean forAll) {
            failure = failure == null ? e : failure;
            over |= forAll || !answered;
        }

        synchronized Map<String, String> found() {
            return Map.copyOf(found);
        }

        synchronized NovaException failure() {
            return failure;
        }

        synchronized boolean answered() {
            return answered;
        }
    }

    /**
     * @param nova the cloud
     * @param requests makes the requests, some at a time
     * @param nanos a clock that only goes on, as {@link System#nanoTime}
     */
    NameReader(Nova nova, SideBySide requests, LongSupplier nanos) {
        this.nova = nova;
        this.requests = requests;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
    }

    /** The names for these servers, as far as they can be had. */
    Names of(List<ServerState> servers) {
        Kind projects = new Kind("projects", nova::projectName);
        Kind users = new Kind("owners", nova::userName);
        Set<String> projectIds = new LinkedHashSet<>();
        Set<String> userIds = new LinkedHashSet<>();
        for (ServerState server : servers) {
            wanted(server.project(), projectIds);
            wanted(server.planned() == null ? null : server.planned().owner(), userIds);
        }
        Identity own = nova.identity();
        known(own.projectId(), own.projectName(), projectIds, projects);
        known(own.userId(), own.userName(), userIds, users);
        boolean all = choose(projectIds, projects, userIds, users);
        List<Kind> kinds = List.of(projects, users);
        List<Supplier<Boolean>> first = new ArrayList<>();
        List<Supplier<Boolean>> rest = new ArrayList<>();
        for (Kind kind : kinds) {
            for (int i = 0; i < kind.open.size(); i++) {
                String id = kind.open.get(i);
                (i == 0 ? first : rest).add(() -> ask(kind, id, kinds));
            }
        }
        List<Boolean> inTime = new ArrayList<>(requests.all(first));
        inTime.addAll(requests.all(rest));
        return new Names(projects.found(), users.found(), missing(kinds, all, !inTime.contains(false)));
    }

    private static void wanted(String id, Set<String> ids) {
        if (id != null && !id.isBlank()) {
            ids.add(id);
        }
    }

    /** What the token tells need not be asked for. */
    private static void known(String id, String name, Set<String> ids, Kind kind) {
        if (ids.contains(id) && ForeignText.standsForAnId(name)) {
            ids.remove(id);
            kind.told(id, name, false);
        }
    }

    /** @return whether all of them are to be asked for */
    private static boolean choose(
            Collection<String> projects, Kind ofProjects, Collection<String> users, Kind ofUsers) {
        int forProjects = Math.max(MOST / 2, MOST - users.size());
        projects.stream().limit(forProjects).forEach(ofProjects.open::add);
        users.stream().limit(MOST - ofProjects.open.size()).forEach(ofUsers.open::add);
        return ofProjects.open.size() == projects.size() && ofUsers.open.size() == users.size();
    }

    /** @return false when there was no time left for it */
    private boolean ask(Kind kind, String id, List<Kind> all) {
        if (kind.over()) {
            return true;
        }
        if (nanos.getAsLong() - began >= BUDGET.toNanos()) {
            return false;
        }
        try {
            kind.told(id, kind.call.apply(id), true);
        } catch (NovaException.Refused e) {
            if (e.status() != 404) { // gone, or of another Keystone: nobody has its name
                kind.failed(e, e.status() != 403 && e.status() != 401);
            }
        } catch (NovaException.Unintelligible e) {
            kind.failed(e, false);
        } catch (NovaException e) {
            all.forEach(each -> each.failed(e, true));
        }
        return true;
    }

    private static String missing(List<Kind> kinds, boolean all, boolean inTime) {
        List<Kind> failed = kinds.stream()
                .filter(kind -> kind.failure() != null && !kind.open.isEmpty())
                .toList();
        if (failed.isEmpty()) {
            return all && inTime
                    ? null
                    : "Not all names of projects and owners were read, and ids stand for the others: "
                            + (inTime
                                    ? MOST + " are asked for at most."
                                    : "Keystone was not asked for longer than " + BUDGET.toSeconds() + " s.");
        }
        NovaException first = failed.get(0).failure();
        String words = failed.stream().map(kind -> kind.words).collect(Collectors.joining(" and "));
        String what = failed.stream().anyMatch(Kind::answered) ? "Some names of " : "Names of ";
        int status = first instanceof NovaException.Refused refused ? refused.status() : 0;
        return what + words + " are not known, and ids stand for them: " + first.getMessage()
                + (first.getMessage().endsWith(".") ? "" : ".")
                + (status == 403 ? BY_POLICY : status == 401 ? BY_RULES : "");
    }
}
