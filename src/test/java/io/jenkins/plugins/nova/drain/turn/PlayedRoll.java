package io.jenkins.plugins.nova.drain.turn;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.ApprovedPlan.OnDrift;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.CordonOwnership;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;
import io.jenkins.plugins.nova.drain.observe.RollReader;
import io.jenkins.plugins.nova.drain.observe.RollRequest;
import io.jenkins.plugins.nova.drain.turn.RollBoard.Standing;
import io.jenkins.plugins.nova.drain.turn.RollBoard.State;
import io.jenkins.plugins.nova.plan.Estate;
import io.jenkins.plugins.nova.plan.filter.Filters;
import io.jenkins.plugins.nova.plan.roll.NextHost;
import io.jenkins.plugins.nova.plan.roll.Roll;
import io.jenkins.plugins.nova.plan.roll.RollCloud;
import io.jenkins.plugins.nova.plan.roll.RollClouds;
import io.jenkins.plugins.nova.plan.roll.RollOrder;
import io.jenkins.plugins.nova.plan.roll.RollPlanner;
import io.jenkins.plugins.nova.plan.roll.RollTurn;
import io.jenkins.plugins.nova.plan.room.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;

/**
 * A roll in driven time: each host waits by the ticks of {@link TurnTick}, at the pauses that these ask for, and begins when they say
 * so; how long its drain, the work on it and its return take is given. The cloud is what the ticks read of it: services, and servers
 * where they are. One zone, and a spare host that has room for the servers of as many hosts as may be away.
 */
public final class PlayedRoll {

    /** How a host of it stands. */
    public enum Phase {
        WAITING,
        DRAINING,
        BLOCK,
        SETTLING,
        DONE
    }

    /**
     * How long each phase of a host takes.
     *
     * @param drain until it is empty
     * @param block the work on it
     * @param settling until it is in service again
     */
    public record Takes(Duration drain, Duration block, Duration settling) {
        /** All of it. */
        public Duration whole() {
            return drain.plus(block).plus(settling);
        }
    }

    private static final Instant BEGINS = Instant.parse("2026-11-27T12:00:00Z");
    private static final int HOST_GIB = 64;
    private static final int SERVERS = 4;
    private static final int SERVER_GIB = 8;

    private final RollClouds clouds = new RollClouds();
    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final Map<String, ComputeService> services = new HashMap<>();
    private final Map<String, Takes> takes;
    private final int width;
    private final Roll plan;
    private final Map<String, TurnState> states = new HashMap<>();
    private final Map<String, Standing> board = new LinkedHashMap<>();
    private final Map<String, Map<Phase, Instant>> seen = new LinkedHashMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparing(Event::at).thenComparing(Event::host).thenComparing(Event::to));
    private Instant now = BEGINS;
    private int away;
    private int mostAway;

    private record Event(Instant at, String host, Phase to) {}

    /**
     * Plans it.
     *
     * @param takes of each host, by its name
     * @param width how many may be away at once
     * @param canary whether one goes first and alone
     * @param block how long the work on a host is planned to take
     * @param settling how long it is planned to take until it is in service again
     */
    public PlayedRoll(Map<String, Takes> takes, int width, boolean canary, Duration block, Duration settling) {
        this.takes = takes;
        this.width = width;
        clouds.host("spare", "az", (long) HOST_GIB * (width + 1), 1_000);
        for (String host : takes.keySet()) {
            clouds.host(host, "az", HOST_GIB, 64);
            for (int i = 0; i < SERVERS; i++) {
                put(host + "-" + i, host);
            }
        }
        for (ComputeService service : clouds.cloud().estate().services()) {
            services.put(service.host(), service);
        }
        RollOrder asked = RollClouds.order(width, 0, canary, takes.keySet());
        plan = new RollPlanner(Filters.planner())
                .plan(
                        cloud(),
                        new RollOrder(
                                asked.hosts(), asked.budget(), canary, asked.wish(), block, settling, asked.rates()));
        List<String> hosts = plan.turns().stream().map(RollTurn::host).toList();
        for (RollTurn turn : plan.turns()) {
            TurnOrder order = new TurnOrder(
                    "roll",
                    turn.host(),
                    hosts,
                    Map.of(),
                    new RollRequest(
                            hosts,
                            null,
                            null,
                            new Budget(width, 0, null),
                            canary,
                            BlockMigration.AUTO,
                            List.of(),
                            List.of(),
                            block),
                    canary ? hosts.get(0) : null,
                    Duration.ZERO,
                    1,
                    null,
                    turn.takes(),
                    Map.of(),
                    OnDrift.CONTINUE);
            states.put(turn.host(), TurnState.begin(order, BEGINS));
            board.put(turn.host(), new Standing(State.WAITING, Map.of(), BEGINS));
            seen.put(turn.host(), new HashMap<>(Map.of(Phase.WAITING, BEGINS)));
            events.add(new Event(BEGINS, turn.host(), Phase.WAITING));
        }
    }

    private void put(String name, String host) {
        Server server = Servers.named(name)
                .on(host)
                .fromVolume()
                .flavor((long) SERVER_GIB << 10, 0, 0, 0)
                .in("az")
                .make();
        servers.put(server.id(), server);
    }

    private RollCloud cloud() {
        return clouds.cloud(
                services.isEmpty() ? clouds.cloud().estate().services() : services.values(), servers.values());
    }

    /** The plan of it. */
    public Roll plan() {
        return plan;
    }

    /** When it began. */
    public Instant began() {
        return BEGINS;
    }

    /** How many were away at once at most. */
    public int mostAway() {
        return mostAway;
    }

    /** Since when a host has been in the phases that it has reached. */
    public Map<Phase, Instant> phases(String host) {
        return seen.get(host);
    }

    /** How many servers have left a host that is being emptied. */
    public int moved(String host) {
        Map<Phase, Instant> phases = seen.get(host);
        if (!phases.containsKey(Phase.DRAINING)) {
            return 0;
        }
        double part = (double) Duration.between(phases.get(Phase.DRAINING), now).toMillis()
                / takes.get(host).drain().toMillis();
        return (int) Math.min(SERVERS, SERVERS * part);
    }

    /** How many servers leave each host. */
    public int moves() {
        return SERVERS;
    }

    /**
     * Plays it to its end.
     *
     * @param every how often it is looked at
     * @param look looks at it
     * @return how long it took
     * @throws IllegalStateException when a host is not begun though nothing keeps it
     */
    public Duration play(Duration every, BiConsumer<PlayedRoll, Instant> look) {
        Instant next = BEGINS.plus(every);
        int left = takes.size();
        while (left > 0) {
            Event event = events.remove();
            while (event.at().isAfter(next)) {
                now = next;
                look.accept(this, now);
                next = next.plus(every);
            }
            now = event.at();
            if (event.to() == Phase.WAITING) {
                tick(event.host());
            } else {
                reach(event.host(), event.to());
                left -= event.to() == Phase.DONE ? 1 : 0;
            }
        }
        return Duration.between(BEGINS, now);
    }

    private void tick(String host) {
        TurnTick.Decided decided =
                new TurnTick(states.get(host), new HashMap<>(board), false, look(host), now).decided();
        TurnState state = decided.state();
        states.put(host, state);
        if (!state.over()) {
            board.put(host, new Standing(State.WAITING, Map.of(), BEGINS, state.yields()));
            events.add(new Event(now.plus(decided.pause()), host, Phase.WAITING));
            return;
        }
        if (state.outcome() != TurnOutcome.BEGINS) {
            throw new IllegalStateException(state.outcome() + ": " + state.message());
        }
        Takes its = takes.get(host);
        board.put(host, new Standing(State.UNDER_WAY, state.seats(), now));
        services.put(host, services.get(host).disabled());
        away++;
        mostAway = Math.max(mostAway, away);
        seen.get(host).put(Phase.DRAINING, now);
        events.add(new Event(now.plus(its.drain()), host, Phase.BLOCK));
        events.add(new Event(now.plus(its.drain()).plus(its.block()), host, Phase.SETTLING));
        events.add(new Event(now.plus(its.whole()), host, Phase.DONE));
    }

    private void reach(String host, Phase phase) {
        seen.get(host).put(phase, now);
        if (phase == Phase.BLOCK) {
            states.get(host).seats().forEach((id, seat) -> put(servers.get(id).name(), seat));
            board.put(
                    host, new Standing(State.UNDER_WAY, Map.of(), seen.get(host).get(Phase.DRAINING)));
        } else if (phase == Phase.DONE) {
            board.put(host, new Standing(State.DONE, Map.of(), now));
            services.put(host, clouds.cloud().estate().service(host).orElseThrow());
            away--;
        }
    }

    private TurnLook look(String host) {
        return new TurnLook() {
            @Override
            public Estate site() {
                return Estate.UNKNOWN.services(new ArrayList<>(services.values()));
            }

            @Override
            public CordonOwnership ownership(ComputeService service) {
                return CordonOwnership.of(
                        service, new Claim("ops/roll#1", null, null, null, null), false, claim -> Holding.UNKNOWN);
            }

            @Override
            public RollReader.Next plan(Collection<String> hosts, Map<String, String> outstanding) {
                RollOrder order = RollClouds.order(width, 0, false, hosts);
                return new RollReader.Next(
                        NextHost.of(Filters.planner(), cloud(), order, host, outstanding), List.of());
            }
        };
    }
}
