package io.jenkins.plugins.nova.plan.roll;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.ServerGroup;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.room.FreeRoom;
import io.jenkins.plugins.nova.plan.room.HostRoom;
import io.jenkins.plugins.nova.plan.room.HostRule;
import io.jenkins.plugins.nova.plan.room.HostRules;
import io.jenkins.plugins.nova.plan.room.RoomFigures;
import io.jenkins.plugins.nova.plan.room.RoomRequest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which server is on which host, what is free there, and where one may go: a cloud in numbers, changed in place as a roll is
 * played through. Hosts and servers are numbers, by name and by id, so that the order of lists has no part in it.
 */
final class Seating {

    /** In place of a host: none. */
    static final int NOWHERE = -1;

    /** What is free where nobody knows how much. */
    private static final long PLENTY = Long.MAX_VALUE / 4;

    /** Below this microversion Nova does not tell which servers are pinned to their zone. */
    private static final int PIN_TOLD = 96;

    /** A host that this much more is asked of by those who have little choice is left to them. */
    private static final double MUCH_MORE_WANTED = 1.05;

    /** In which way servers are put on hosts that have room. */
    enum Way {
        /** Where they take the largest part of what is free: keeps room together for large ones. */
        FULLEST,
        /** Where they take the smallest part: finds the host that is empty. */
        EMPTIEST
    }

    /** What servers have in common that may go to the same hosts. */
    private record Likeness(RoomRequest asked, String zone, String home, Map<String, String> specs) {}

    /** Servers that may go to the same hosts. */
    private static final class Kind {
        final RoomRequest asked;
        final List<HostRule> rules;
        final long[] needs;
        final BitSet allowed = new BitSet();
        int servers;
        int choice;

        Kind(RoomRequest asked, List<HostRule> rules, long[] needs) {
            this.asked = asked;
            this.rules = rules;
            this.needs = needs;
        }
    }

    private final Estate estate;
    private final List<String> hosts;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Server> servers;
    private final String[] zones;
    private final BitSet usable = new BitSet();
    private final List<String> classes;
    private final HostRoom[] rooms;
    private final long[][] free;
    private final long[][] capacity;
    private final double[] total;
    private final Kind[] kinds;
    private final double[] wanted;
    private final int[] at;
    private final List<TreeSet<Integer>> guests = new ArrayList<>();
    private final List<ServerGroup> groups;
    private final int[][] apart;
    private final int[][] together;
    private final List<Map<Integer, Integer>> members = new ArrayList<>();

    Seating(RollCloud cloud) {
        estate = cloud.estate();
        hosts = estate.services().stream()
                .map(ComputeService::host)
                .distinct()
                .sorted()
                .toList();
        for (int host = 0; host < hosts.size(); host++) {
            numbers.put(hosts.get(host), host);
            guests.add(new TreeSet<>());
        }
        servers = cloud.servers().stream()
                .filter(server -> server.host() != null && numbers.containsKey(server.host()))
                .sorted(Comparator.comparing(Server::id))
                .toList();
        at = new int[servers.size()];
        for (int server = 0; server < at.length; server++) {
            at[server] = number(servers.get(server).host());
            guests.get(at[server]).add(server);
        }
        zones = new String[hosts.size()];
        estate.services().forEach(service -> zones[number(service.host())] = service.zone());
        RoomFigures figures = cloud.figures();
        rooms = rooms(figures);
        estate.services().stream()
                .filter(service -> service.up() && service.enabled())
                .map(service -> number(service.host()))
                .filter(host -> rooms[host] != null && !rooms[host].traits().contains(HostRules.DISABLED))
                .forEach(usable::set);
        List<RoomRequest> asked = servers.stream()
                .map(server -> figures.asked(RoomRequest.of(server)))
                .toList();
        Set<String> all = new TreeSet<>();
        asked.forEach(request -> all.addAll(request.resources().amounts().keySet()));
        classes = List.copyOf(all);
        free = new long[hosts.size()][classes.size()];
        for (int host = 0; host < free.length; host++) {
            for (int c = 0; c < classes.size(); c++) {
                free[host][c] = free(rooms[host], classes.get(c), figures.source());
            }
        }
        kinds = kinds(asked, figures);
        capacity = new long[hosts.size()][];
        total = new double[classes.size()];
        for (int host = 0; host < free.length; host++) {
            capacity[host] = free[host].clone();
            for (int guest : guests.get(host)) {
                add(capacity[host], kinds[guest].needs, 1);
            }
            for (int c = 0; c < total.length; c++) {
                total[c] += Math.max(0, Math.min(capacity[host][c], PLENTY / hosts.size()));
            }
        }
        wanted = wanted();
        groups = estate.groups().stream()
                .filter(group ->
                        group.policy().equals("anti-affinity") || group.policy().equals("affinity"))
                .sorted(Comparator.comparing(ServerGroup::id))
                .toList();
        apart = new int[servers.size()][];
        together = new int[servers.size()][];
        group();
    }

    private Seating(Seating other) {
        estate = other.estate;
        hosts = other.hosts;
        numbers.putAll(other.numbers);
        servers = other.servers;
        zones = other.zones;
        usable.or(other.usable);
        classes = other.classes;
        rooms = other.rooms;
        free = new long[other.free.length][];
        for (int host = 0; host < free.length; host++) {
            free[host] = other.free[host].clone();
            guests.add(new TreeSet<>(other.guests.get(host)));
        }
        capacity = other.capacity;
        total = other.total;
        kinds = other.kinds;
        wanted = other.wanted;
        at = other.at.clone();
        groups = other.groups;
        apart = other.apart;
        together = other.together;
        other.members.forEach(counts -> members.add(new HashMap<>(counts)));
    }

    /** One that is changed without this one. */
    Seating copy() {
        return new Seating(this);
    }

    /** One hypervisor's; a host with several, as ironic has, takes no servers. */
    private HostRoom[] rooms(RoomFigures figures) {
        HostRoom[] found = new HostRoom[hosts.size()];
        BitSet several = new BitSet();
        for (HostRoom room : figures.hosts()) {
            Integer host = numbers.get(room.host());
            if (host != null) {
                several.set(host, found[host] != null || several.get(host));
                found[host] = room;
            }
        }
        for (Hypervisor hypervisor : estate.hypervisors()) {
            Integer host = numbers.get(hypervisor.host());
            if (host != null && "ironic".equals(hypervisor.type())) {
                several.set(host);
            }
        }
        for (int host = 0; host < found.length; host++) {
            if (several.get(host)) {
                found[host] = null;
            } else if (figures.hosts().isEmpty()) {
                // the user may not see hypervisors: any amount fits, and Nova decides
                found[host] = new HostRoom("", hosts.get(host), Map.of(), Set.of());
            }
        }
        return found;
    }

    /** What Placement does not tell of a host it does not have; but disk may come from a pool that several hosts share. */
    private static long free(HostRoom room, String resource, RoomFigures.Source source) {
        boolean none = source == RoomFigures.Source.PLACEMENT && !resource.equals("DISK_GB");
        return room == null ? PLENTY : room.free().getOrDefault(resource, none ? 0 : PLENTY);
    }

    private Kind[] kinds(List<RoomRequest> asked, RoomFigures figures) {
        Kind[] each = new Kind[servers.size()];
        Map<Likeness, Kind> known = new HashMap<>();
        for (int server = 0; server < each.length; server++) {
            Server one = servers.get(server);
            RoomRequest request = asked.get(server);
            String zone = zone(one);
            String home = zones[at[server]];
            Kind kind = known.computeIfAbsent(
                    new Likeness(request, zone, home, one.flavor().extraSpecs()),
                    unseen -> kind(one, request, zone, figures));
            kind.servers++;
            each[server] = kind;
        }
        return each;
    }

    private Kind kind(Server server, RoomRequest request, String zone, RoomFigures figures) {
        List<HostRule> rules = new ArrayList<>(HostRules.places(server, zone, estate));
        rules.addAll(HostRules.traits(request, figures));
        long[] needs = new long[classes.size()];
        for (int c = 0; c < needs.length; c++) {
            needs[c] = request.resources().amounts().getOrDefault(classes.get(c), 0L);
        }
        Kind kind = new Kind(request, rules, needs);
        for (int host = 0; host < rooms.length; host++) {
            HostRoom room = rooms[host];
            if (room != null && rules.stream().allMatch(rule -> rule.allows().test(room))) {
                kind.allowed.set(host);
            }
        }
        return kind;
    }

    /** The zone that a server must stay in: where Nova does not tell, the one that it is in, which always holds. */
    private String zone(Server server) {
        boolean told = estate.newest() == null || estate.newest().atLeast(PIN_TOLD);
        String zone = told ? server.pinnedAvailabilityZone() : zones[number(server.host())];
        return zone == null || zone.isEmpty() ? null : zone;
    }

    /** How much each host is asked for by servers with little choice: those of a kind for which few hosts are large enough. */
    private double[] wanted() {
        double[] all = new double[hosts.size()];
        // in the order of the servers' ids, for a sum of fractions depends on its order
        for (Kind kind : new LinkedHashSet<>(List.of(kinds))) {
            BitSet large = (BitSet) kind.allowed.clone();
            kind.allowed.stream()
                    .filter(host -> !fits(kind.needs, capacity[host]))
                    .forEach(large::clear);
            kind.choice = large.cardinality();
            double share = kind.servers / (double) Math.max(1, kind.choice);
            large.stream().forEach(host -> all[host] += share);
        }
        return all;
    }

    private void group() {
        Map<String, Integer> byId = new HashMap<>();
        for (int server = 0; server < servers.size(); server++) {
            byId.put(servers.get(server).id(), server);
        }
        Map<Integer, List<Integer>> hard = new HashMap<>();
        for (int group = 0; group < groups.size(); group++) {
            Map<Integer, Integer> counts = new HashMap<>();
            for (String member : new HashSet<>(groups.get(group).members())) {
                Integer server = byId.get(member);
                if (server != null) {
                    counts.merge(at[server], 1, Integer::sum);
                    hard.computeIfAbsent(server, unseen -> new ArrayList<>()).add(group);
                }
            }
            members.add(counts);
        }
        for (int server = 0; server < servers.size(); server++) {
            List<Integer> its = hard.getOrDefault(server, List.of());
            apart[server] = its.stream()
                    .filter(group -> groups.get(group).policy().equals("anti-affinity"))
                    .mapToInt(Integer::intValue)
                    .toArray();
            together[server] = its.stream()
                    .filter(group -> groups.get(group).policy().equals("affinity"))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
    }

    /** The number of a host that is known. */
    int number(String host) {
        return numbers.get(host);
    }

    /** The names of all hosts, by number. */
    List<String> hosts() {
        return hosts;
    }

    Server server(int server) {
        return servers.get(server);
    }

    /** The servers on a host now, by id; a copy. */
    List<Integer> guests(int host) {
        return List.copyOf(guests.get(host));
    }

    /** Whether no server is on a host now. */
    boolean empty(int host) {
        return guests.get(host).isEmpty();
    }

    /** Hosts that are up, enabled, and take servers; a copy. */
    BitSet usable() {
        return (BitSet) usable.clone();
    }

    /** What a host has in all, as a share of what all hosts have: the largest of its shares. */
    double size(int host) {
        double most = 0;
        for (int c = 0; c < total.length; c++) {
            if (total[c] > 0 && capacity[host][c] < PLENTY) {
                most = Math.max(most, capacity[host][c] / total[c]);
            }
        }
        return most;
    }

    /** The share of all there is that a server takes of what it takes the largest share of. */
    double weight(int server) {
        double most = 0;
        long[] needs = kinds[server].needs;
        for (int c = 0; c < needs.length; c++) {
            most = Math.max(most, needs[c] / Math.max(1, total[c]));
        }
        return most;
    }

    /** How many hosts a server may ever be on, as far as zones, aggregates, traits and what they have in all go. */
    int choice(int server) {
        return kinds[server].choice;
    }

    /**
     * Finds seats for servers that leave a host together.
     *
     * @param leaving servers on that host
     * @param better hosts that are tried first
     * @param worse hosts that are tried for those that find no place there; may be empty
     * @return the host of each, or {@link #NOWHERE}; nothing is changed
     */
    int[] seats(List<Integer> leaving, BitSet better, BitSet worse, Way way) {
        Map<Kind, Integer> choices = new HashMap<>();
        leaving.forEach(server -> choices.computeIfAbsent(kinds[server], kind -> common(kind.allowed, better)));
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < leaving.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.<Integer>comparingInt(i -> choices.get(kinds[leaving.get(i)]))
                .thenComparingInt(i -> -apart[leaving.get(i)].length)
                .thenComparing(i -> -weight(leaving.get(i)))
                .thenComparing(i -> servers.get(leaving.get(i)).id()));
        int[] found = new int[leaving.size()];
        for (int i : order) {
            int server = leaving.get(i);
            found[i] = best(server, better, way);
            if (found[i] == NOWHERE) {
                found[i] = best(server, worse, way);
            }
            if (found[i] != NOWHERE) {
                take(server, found[i], 1);
            }
        }
        for (int i : order) {
            if (found[i] != NOWHERE) {
                take(leaving.get(i), found[i], -1);
            }
        }
        return found;
    }

    private static int common(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.and(other);
        return both.cardinality();
    }

    private int best(int server, BitSet among, Way way) {
        Kind kind = kinds[server];
        String home = zones[at[server]];
        int best = NOWHERE;
        for (int host = among.nextSetBit(0); host >= 0; host = among.nextSetBit(host + 1)) {
            if (kind.allowed.get(host)
                    && host != at[server]
                    && fits(kind.needs, free[host])
                    && grouped(server, host)
                    && (best == NOWHERE || prefers(kind, home, host, best, way))) {
                best = host;
            }
        }
        return best;
    }

    private boolean prefers(Kind kind, String home, int host, int other, Way way) {
        boolean stays = Objects.equals(zones[host], home);
        if (stays != Objects.equals(zones[other], home)) {
            return stays;
        }
        if (wanted[host] * MUCH_MORE_WANTED < wanted[other]) {
            return true;
        }
        if (wanted[other] * MUCH_MORE_WANTED < wanted[host]) {
            return false;
        }
        double one = tightness(kind.needs, free[host]);
        double two = tightness(kind.needs, free[other]);
        return way == Way.FULLEST ? one > two : one < two;
    }

    /** The share of what is free that a server would take of the resource that it takes the largest share of. */
    private static double tightness(long[] needs, long[] free) {
        double most = 0;
        for (int c = 0; c < needs.length; c++) {
            if (needs[c] > 0) {
                most = Math.max(most, needs[c] / (double) Math.max(1, free[c]));
            }
        }
        return most;
    }

    private static boolean fits(long[] needs, long[] free) {
        for (int c = 0; c < needs.length; c++) {
            if (needs[c] > 0 && needs[c] > free[c]) {
                return false;
            }
        }
        return true;
    }

    private boolean grouped(int server, int host) {
        for (int group : apart[server]) {
            if (members.get(group).getOrDefault(host, 0) >= groups.get(group).maxServersPerHost()) {
                return false;
            }
        }
        for (int group : together[server]) {
            if (members.get(group).getOrDefault(host, 0) == 0) {
                return false;
            }
        }
        return true;
    }

    private void take(int server, int host, int sign) {
        add(free[host], kinds[server].needs, -sign);
        count(server, host, sign);
    }

    private void count(int server, int host, int sign) {
        for (int group : apart[server]) {
            members.get(group).merge(host, sign, Integer::sum);
        }
        for (int group : together[server]) {
            members.get(group).merge(host, sign, Integer::sum);
        }
    }

    private static void add(long[] to, long[] amounts, int sign) {
        for (int c = 0; c < to.length; c++) {
            if (to[c] < PLENTY) {
                to[c] += sign * amounts[c];
            }
        }
    }

    /** Moves a server. What it had on its host stays taken until {@link #release}: the host is being emptied and takes nobody. */
    void move(int server, int to) {
        int from = at[server];
        guests.get(from).remove(server);
        count(server, from, -1);
        at[server] = to;
        guests.get(to).add(server);
        take(server, to, 1);
    }

    /** A server leaves its host and goes nobody knows where. What it had there stays taken until {@link #release}, too. */
    void leave(int server) {
        guests.get(at[server]).remove(server);
        count(server, at[server], -1);
    }

    /** A move by names; nothing where either is not known, or the server is there already. */
    void move(String id, String to) {
        Integer host = numbers.get(to);
        for (int server = 0; host != null && server < at.length; server++) {
            if (servers.get(server).id().equals(id) && at[server] != host) {
                move(server, host.intValue());
            }
        }
    }

    /** Gives back what servers that have left it had on a host. */
    void release(int host, List<Integer> left) {
        left.forEach(server -> add(free[host], kinds[server].needs, 1));
    }

    /**
     * Why a server has no seat on any of these hosts beside others.
     *
     * @param among hosts
     * @param others servers that leave with it
     * @param seats where they go
     */
    RollShort shortage(int server, BitSet among, List<Integer> others, int[] seats) {
        for (int i = 0; i < seats.length; i++) {
            if (seats[i] != NOWHERE) {
                take(others.get(i), seats[i], 1);
            }
        }
        RollShort told = shortage(server, among);
        for (int i = 0; i < seats.length; i++) {
            if (seats[i] != NOWHERE) {
                take(others.get(i), seats[i], -1);
            }
        }
        return told;
    }

    private RollShort shortage(int server, BitSet among) {
        Kind kind = kinds[server];
        Server one = servers.get(server);
        String host = hosts.get(at[server]);
        String needs = kind.asked.words();
        List<Integer> left = new ArrayList<>();
        among.stream().filter(other -> other != at[server]).forEach(left::add);
        if (left.isEmpty()) {
            return new RollShort(host, one, needs, "no other host is up and enabled", "", 0, 0, "");
        }
        for (HostRule rule : kind.rules) {
            List<Integer> next = left.stream()
                    .filter(other -> rule.allows().test(rooms[other]))
                    .toList();
            if (next.isEmpty()) {
                return new RollShort(host, one, needs, rule.otherwise(), "", 0, 0, "");
            }
            left = next;
        }
        List<Integer> open =
                left.stream().filter(other -> grouped(server, other)).toList();
        if (open.isEmpty()) {
            return new RollShort(host, one, needs, crowded(server), "", 0, 0, "");
        }
        List<HostRoom> now = open.stream().map(this::now).toList();
        String reason = FreeRoom.lacking(now, kind.asked);
        for (int c = 0; c < classes.size(); c++) {
            int resource = c;
            Optional<Integer> most = open.stream().max(Comparator.comparingLong(other -> free[other][resource]));
            if (most.isPresent() && kind.needs[c] > free[most.get()][c]) {
                return new RollShort(
                        host,
                        one,
                        needs,
                        reason,
                        classes.get(c),
                        kind.needs[c],
                        Math.max(0, free[most.get()][c]),
                        hosts.get(most.get()));
            }
        }
        return new RollShort(host, one, needs, reason, "", 0, 0, "");
    }

    private String crowded(int server) {
        if (together[server].length > 0) {
            return "Nova allows only hosts with a member of its affinity group '"
                    + groups.get(together[server][0]).name() + "', and no host that might take it has one";
        }
        ServerGroup group = groups.get(apart[server][0]);
        return "each host that might take it has "
                + (group.maxServersPerHost() == 1 ? "a member" : "its " + group.maxServersPerHost() + " members")
                + " of its anti-affinity group '" + group.name() + "' already";
    }

    private HostRoom now(int host) {
        Map<String, Long> amounts = new TreeMap<>();
        for (int c = 0; c < classes.size(); c++) {
            if (rooms[host].free().containsKey(classes.get(c))) {
                amounts.put(classes.get(c), free[host][c]);
            }
        }
        return new HostRoom(rooms[host].id(), hosts.get(host), amounts, rooms[host].traits());
    }
}
