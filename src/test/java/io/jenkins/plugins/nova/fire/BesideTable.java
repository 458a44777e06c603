package io.jenkins.plugins.nova.fire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceSettings;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnOrder;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnPhase;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnRunner;
import io.jenkins.plugins.nova.drain.hostreturn.ReturnState;
import io.jenkins.plugins.nova.drain.maintenance.EarlierSteps;
import io.jenkins.plugins.nova.drain.maintenance.Maintenance;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceCodec;
import io.jenkins.plugins.nova.drain.maintenance.MaintenancePart;
import io.jenkins.plugins.nova.drain.maintenance.MaintenanceState;
import io.jenkins.plugins.nova.drain.run.DrainRunner;
import io.jenkins.plugins.nova.plan.Route;
import io.jenkins.plugins.nova.simulator.AuditEntry;
import io.jenkins.plugins.nova.simulator.CloudBuilder;
import io.jenkins.plugins.nova.simulator.Lies;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/**
 * What stands beside Nova under fire: a maintenance of a host that Masakari watches, that has a volume service of Cinder's, or agents of
 * Neutron's, killed at every request, with every fault and lie at every request of it, and with others who change the value at every
 * request. At the end it reads as before, or the host carries our reason, or
 * what is not so was told; and what somebody else has set is as he set it.
 */
final class BesideTable {

    private static final Duration BOUND = Duration.ofHours(4);
    private static final Duration REBOOT = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String BY = "ops/maintenance#7";
    private static final String LVM = Scenario.HOST + "@lvm";
    private static final String L3 = "L3 agent";
    private static final String DHCP = "DHCP agent";
    private static final String GATEWAY = "OVN Controller Gateway agent";
    private static final int PRIORITY = 9;
    private static final String THEIRS = "INC-9 broken disk";

    /** What stands beside Nova. */
    enum Ground {
        MASAKARI("instance-ha", builder -> builder.segment("rack1", Scenario.HOST, "compute2")) {
            @Override
            boolean held(SimulatedCloud cloud) {
                return cloud.onMaintenance(Scenario.HOST);
            }
        },
        CINDER("block-storage", builder -> builder.volumeServices("block-storage", LVM, "compute2@lvm")) {
            @Override
            boolean held(SimulatedCloud cloud) {
                return cloud.volumeServiceDisabled(LVM) != null;
            }

            @Override
            boolean theirs(SimulatedCloud cloud) {
                return THEIRS.equals(cloud.volumeServiceDisabled(LVM));
            }
        },
        NEUTRON(
                "network",
                builder -> builder.agent(L3, Scenario.HOST)
                        .agent(DHCP, Scenario.HOST)
                        .agent(L3, "compute2")
                        .agent(DHCP, "compute2")
                        .router("legacy1", false, Scenario.HOST)
                        .router("ha1", true, Scenario.HOST, "compute2")
                        .network("net1", Scenario.HOST)) {
            @Override
            boolean held(SimulatedCloud cloud) {
                return !cloud.agentUp(L3, Scenario.HOST)
                        || !cloud.agentUp(DHCP, Scenario.HOST)
                        || claimed(cloud.agentDescription(L3, Scenario.HOST))
                        || claimed(cloud.agentDescription(DHCP, Scenario.HOST));
            }

            @Override
            boolean theirs(SimulatedCloud cloud) {
                return !cloud.agentUp(L3, Scenario.HOST) && THEIRS.equals(cloud.agentDescription(L3, Scenario.HOST));
            }

            @Override
            boolean lost(SimulatedCloud cloud) {
                return cloud.servedOn("legacy1").isEmpty()
                        || cloud.servedOn("net1").isEmpty()
                        || cloud.servedOn("ha1").isEmpty();
            }
        },
        DVR(
                "network",
                builder -> builder.l3Agent(Scenario.HOST, "dvr_snat")
                        .l3Agent("compute2", "dvr_snat")
                        .distributedRouter("dvr1", Scenario.HOST)
                        .router("legacy1", false, Scenario.HOST)) {
            @Override
            boolean held(SimulatedCloud cloud) {
                return !cloud.agentUp(L3, Scenario.HOST);
            }

            @Override
            boolean lost(SimulatedCloud cloud) {
                return cloud.servedOn("dvr1").isEmpty()
                        || cloud.servedOn("legacy1").isEmpty();
            }
        },
        OVN(
                "network",
                builder -> builder.agent(GATEWAY, Scenario.HOST)
                        .agent(GATEWAY, "compute2")
                        .agent(GATEWAY, "compute3")
                        .gateway("gw1", Scenario.HOST, "compute2")
                        .gateway("gw2", Scenario.HOST, "compute2", "compute3")
                        .gateway("gw3", "compute2", Scenario.HOST)) {
            @Override
            boolean held(SimulatedCloud cloud) {
                return moved(cloud, "gw1", 2) || moved(cloud, "gw2", 3) || moved(cloud, "gw3", 1);
            }

            @Override
            boolean theirs(SimulatedCloud cloud) {
                Integer priority = cloud.gatewayPriority("gw1", Scenario.HOST);
                return priority != null && priority == PRIORITY;
            }

            @Override
            boolean lost(SimulatedCloud cloud) {
                return cloud.gatewayOn("gw1") == null || cloud.gatewayOn("gw2") == null;
            }

            /** Whether it is not as before; not where Neutron has taken the chassis away from it. */
            private boolean moved(SimulatedCloud cloud, String router, int before) {
                Integer priority = cloud.gatewayPriority(router, Scenario.HOST);
                return priority != null && priority != before;
            }
        };

        private final String service;
        private final UnaryOperator<CloudBuilder> made;

        Ground(String service, UnaryOperator<CloudBuilder> made) {
            this.service = service;
            this.made = made;
        }

        /** Whether anything of it reads as for a host in maintenance. */
        abstract boolean held(SimulatedCloud cloud);

        /** Whether it reads as somebody else has set it. */
        boolean theirs(SimulatedCloud cloud) {
            return held(cloud);
        }

        /** Whether something has nobody left to serve it. */
        boolean lost(SimulatedCloud cloud) {
            return false;
        }

        private static boolean claimed(String description) {
            return description != null && description.contains(Claim.PREFIX);
        }
    }

    /** What others do to the value. */
    enum Other {
        /** A person, or Masakari after a failure. */
        SETS(Ground.MASAKARI, true, cloud -> cloud.setOnMaintenance(Scenario.HOST, true)),
        /** A person. */
        TAKES_BACK(Ground.MASAKARI, false, cloud -> cloud.setOnMaintenance(Scenario.HOST, false)),
        /** Masakari is busy with a host of the segment for two minutes. */
        NOTIFIES(Ground.MASAKARI, false, cloud -> {
            cloud.notifying(Scenario.HOST, true);
            cloud.after(Duration.ofMinutes(2), () -> cloud.notifying(Scenario.HOST, false));
        }),
        /** A monitor takes the host for failed, and Masakari evacuates it for two minutes. */
        EVACUATES(Ground.MASAKARI, false, cloud -> {
            cloud.hostFailed(Scenario.HOST, "running");
            cloud.after(Duration.ofMinutes(2), () -> cloud.settle(Scenario.HOST, "finished"));
        }),
        /** It never ends. */
        NOTIFIES_FOR_EVER(Ground.MASAKARI, false, cloud -> cloud.notifying(Scenario.HOST, true)),
        DISABLES(Ground.CINDER, true, cloud -> cloud.disableVolumeService(LVM, THEIRS)),
        ENABLES(Ground.CINDER, false, cloud -> cloud.disableVolumeService(LVM, null)),
        SWITCHES_OFF(Ground.NEUTRON, true, cloud -> cloud.setAgent(L3, Scenario.HOST, false, THEIRS)),
        SWITCHES_ON(Ground.NEUTRON, false, cloud -> cloud.setAgent(L3, Scenario.HOST, true, null)),
        /** The only other agent is away for two minutes. */
        LOSES_THE_OTHER(Ground.DVR, false, cloud -> {
            cloud.agentAlive(L3, "compute2", false);
            cloud.after(Duration.ofMinutes(2), () -> cloud.agentAlive(L3, "compute2", true));
        }),
        PRIORITISES(Ground.OVN, true, cloud -> cloud.setGatewayPriority("gw1", Scenario.HOST, PRIORITY)),
        /** Neutron, which has lost sight of the chassis. */
        RESCHEDULES(Ground.OVN, false, cloud -> cloud.setGatewayPriority("gw1", Scenario.HOST, null)),
        RAISES_ANOTHER(Ground.OVN, false, cloud -> cloud.setGatewayPriority("gw1", "compute2", PRIORITY)),
        /** Another gets the priority that the host had, once that is free. */
        TAKES_ITS_PLACE(Ground.OVN, false, cloud -> {
            if (cloud.gatewayPriority("gw1", Scenario.HOST) != 2) {
                cloud.setGatewayPriority("gw1", "compute2", 2);
            }
        }),
        /** The host's own ovn-controller is away for two minutes. */
        LOSES_ITS_OWN(Ground.OVN, false, cloud -> {
            cloud.agentAlive(GATEWAY, Scenario.HOST, false);
            cloud.after(Duration.ofMinutes(2), () -> cloud.agentAlive(GATEWAY, Scenario.HOST, true));
        }),
        /** The other chassis are away for two minutes. */
        LOSES_CHASSIS(Ground.OVN, false, cloud -> {
            chassis(cloud, false);
            cloud.after(Duration.ofMinutes(2), () -> chassis(cloud, true));
        }),
        /** The only other agents are away for two minutes. */
        LOSES_THE_OTHERS(Ground.NEUTRON, false, cloud -> {
            others(cloud, false);
            cloud.after(Duration.ofMinutes(2), () -> others(cloud, true));
        });

        private final Ground ground;
        private final boolean sets;
        private final Consumer<SimulatedCloud> deed;

        Other(Ground ground, boolean sets, Consumer<SimulatedCloud> deed) {
            this.ground = ground;
            this.sets = sets;
            this.deed = deed;
        }

        private static void chassis(SimulatedCloud cloud, boolean alive) {
            cloud.agentAlive(GATEWAY, "compute2", alive);
            cloud.agentAlive(GATEWAY, "compute3", alive);
        }

        private static void others(SimulatedCloud cloud, boolean alive) {
            cloud.agentAlive(L3, "compute2", alive);
            cloud.agentAlive(DHCP, "compute2", alive);
        }
    }

    /** What is untrue of one list. */
    enum Lie {
        EMPTY,
        SHORT,
        NO_TEXT,
        STALE,
        DUPLICATE,
        /** What is of this host is another's, too, and as in maintenance there. */
        FOREIGN,
        /** Masakari is at work on the host, of which nobody has told it anything. */
        INVENTED;

        /** Whether it can be told of an answer. */
        boolean fits(Lies.Said said) {
            JsonNode body = said.body();
            JsonNode list = body.elements().hasNext() ? body.elements().next() : body;
            boolean notifications = said.path().endsWith("/notifications");
            return switch (this) {
                case INVENTED -> notifications;
                case FOREIGN -> list.isArray() && !list.isEmpty() && FOREIGN_TO.contains(said.service());
                default -> list.isArray() && !list.isEmpty();
            };
        }

        private static final List<String> FOREIGN_TO = List.of("instance-ha", "block-storage");

        /** @param member the host's id in Masakari; empty where there is none */
        JsonNode told(JsonNode body, String member) {
            ArrayNode list = (ArrayNode) body.elements().next();
            switch (this) {
                case EMPTY -> list.removeAll();
                case SHORT -> list.remove(0);
                case NO_TEXT ->
                    list.forEach(
                            row -> ((ObjectNode) row).putNull("description").putNull("disabled_reason"));
                case DUPLICATE -> list.addAll(list.deepCopy());
                case FOREIGN -> {
                    for (JsonNode row : list.deepCopy()) {
                        ObjectNode foreign = (ObjectNode) row;
                        for (String name : List.of("name", "host")) {
                            if (row.path(name).isTextual()) {
                                foreign.put(name, row.path(name).asText() + "0");
                            }
                        }
                        list.insert(
                                0,
                                foreign.put("uuid", "1a2b3c4d-0000-4000-8000-000000000000")
                                        .put("on_maintenance", true)
                                        .put("status", "disabled")
                                        .put("disabled_reason", THEIRS));
                    }
                }
                case INVENTED ->
                    list.addObject()
                            .put("notification_uuid", "1a2b3c4d-0000-4000-8000-000000000000")
                            .put("source_host_uuid", member)
                            .put("type", "COMPUTE_HOST")
                            .put("status", "running")
                            .putObject("payload")
                            .put("event", "STOPPED")
                            .put("host_status", "NORMAL");
                case STALE -> throw new IllegalStateException("it is no change of an answer");
            }
            return body;
        }
    }

    private final Ground ground;
    private final List<AuditEntry> requests;
    private final List<Lies.Said> answers;
    private final String member;

    BesideTable(Ground ground) {
        this.ground = ground;
        try (SimulatedCloud cloud = cloud()) {
            cloud.lies().keepAnswers();
            Run run = new Run(cloud, () -> false, cloud::advance, PATIENCE);
            MaintenanceState last = run.begin();
            if (!last.good() || ground.held(cloud) || ground.lost(cloud)) {
                throw new AssertionError(ground + " goes wrong when nothing disturbs it: " + last.message());
            }
            requests = cloud.audit().entries();
            answers = cloud.lies().answers();
            member = answers.stream()
                    .flatMap(said ->
                            StreamSupport.stream(said.body().path("hosts").spliterator(), false))
                    .filter(row -> row.path("name").asText().equals(Scenario.HOST))
                    .map(row -> row.path("uuid").asText())
                    .findFirst()
                    .orElse("");
        }
        if (requests.stream().noneMatch(this::changes)) {
            throw new AssertionError(ground + " is not set");
        }
    }

    private boolean changes(AuditEntry entry) {
        return entry.service().equals(ground.service) && !entry.method().equals("GET");
    }

    private SimulatedCloud cloud() {
        return ground.made
                .apply(Scenario.cloud().host("compute2").host(Scenario.HOST))
                .server("web1", s -> s.volumeBacked())
                .start();
    }

    /** A maintenance in a process that may be killed, and another that goes on from what it saved. */
    static final class Run {
        private final SimulatedCloud cloud;
        private final BooleanSupplier dead;
        private final Consumer<Duration> time;
        private final Duration patience;
        private final SilenceSettings silences;
        private String disk;

        Run(SimulatedCloud cloud, BooleanSupplier dead, Consumer<Duration> time, Duration patience) {
            this(cloud, null, dead, time, patience);
        }

        /** @param silences null for none */
        Run(
                SimulatedCloud cloud,
                SilenceSettings silences,
                BooleanSupplier dead,
                Consumer<Duration> time,
                Duration patience) {
            this.silences = silences;
            this.cloud = cloud;
            this.dead = dead;
            this.time = time;
            this.patience = patience;
        }

        private Controller controller(BooleanSupplier killed) {
            return new Controller(cloud.identityUrl(), silences, cloud.clock().instant(), time, killed, patience);
        }

        /** The last state; null when it was killed. */
        MaintenanceState begin() {
            ReturnOrder back = new ReturnOrder(
                    Scenario.HOST, Duration.ofMinutes(20), true, false, false, List.of(), false, null, BY, null);
            MaintenanceState begin = MaintenanceState.begin(
                    back,
                    Orders.empty(Scenario.HOST).concurrency(1).make(),
                    Orders.of(Route.BY_STATE).make(),
                    cloud.clock().instant());
            disk = MaintenanceCodec.write(begin);
            return go(begin, controller(dead), dead);
        }

        /** In a new process, which lives. */
        MaintenanceState resume() {
            MaintenanceState saved =
                    MaintenanceCodec.read(disk).resumed(cloud.clock().instant());
            return go(saved, controller(() -> false), () -> false);
        }

        private void save(MaintenanceState state) {
            disk = MaintenanceCodec.write(state);
        }

        private MaintenanceState go(MaintenanceState begin, Controller controller, BooleanSupplier killed) {
            MaintenanceState state = begin;
            while (state != null && !state.over()) {
                state = killed.getAsBoolean() ? null : next(state, controller);
                if (state != null && !killed.getAsBoolean()) {
                    save(state);
                }
            }
            return killed.getAsBoolean() ? null : state;
        }

        private MaintenanceState next(MaintenanceState state, Controller controller) {
            return switch (state.part()) {
                case DRAIN -> {
                    DrainState last = controller.run(
                            ports -> new DrainRunner(
                                    state.drain(),
                                    ports,
                                    claim -> Holders.Holding.UNKNOWN,
                                    controller.executor(),
                                    controller.executor().clock()),
                            now -> save(state.draining(now)),
                            (before, after) -> {},
                            BOUND);
                    yield last == null ? null : Maintenance.drained(state, last, EarlierSteps.NONE, controller.now());
                }
                case BODY -> {
                    if (cloud.running(Scenario.HOST)) {
                        cloud.kill(Scenario.HOST);
                    }
                    controller.idle(REBOOT);
                    cloud.restart(Scenario.HOST);
                    yield Maintenance.bodyEnded(state, controller.now());
                }
                case BEFORE, AFTER -> {
                    ReturnState last = controller.run(
                            ports -> new ReturnRunner(
                                    state.returning(),
                                    ports,
                                    claim -> Holders.Holding.ENDED, // the cordon of its own keeps nobody out
                                    controller.executor(),
                                    controller.executor().clock()),
                            now -> save(state.returning(now)),
                            (before, after) -> {},
                            BOUND);
                    if (last == null) {
                        yield null;
                    }
                    boolean block = state.part() == MaintenancePart.BEFORE && last.phase() == ReturnPhase.AWAY;
                    yield block
                            ? Maintenance.bodyBegan(state.returning(last))
                            : Maintenance.returned(state, last, controller.now());
                }
                case TURN, HOME, OVER -> throw new IllegalStateException(String.valueOf(state.part()));
            };
        }
    }

    /** What may be wrong. */
    enum Wrong {
        LEFT,
        OVERWRITTEN,
        ENDLESS
    }

    /** Counts, and what was wrong in words. */
    static final class Found {
        private int points;
        private final Map<Wrong, Integer> counts = new LinkedHashMap<>();
        private final List<String> words = new ArrayList<>();
        private int good;

        Found wrong(Wrong what, String how) {
            counts.merge(what, 1, Integer::sum);
            words.add(what + " " + how);
            return this;
        }

        /** One point was tried. */
        Found tried(boolean done) {
            points++;
            good += done ? 1 : 0;
            return this;
        }

        Found add(Found other) {
            points += other.points;
            good += other.good;
            other.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
            words.addAll(other.words);
            return this;
        }

        int points() {
            return points;
        }

        List<String> words() {
            return words;
        }

        String line() {
            return "beside points=" + points + " done=" + good + " left=" + counts.getOrDefault(Wrong.LEFT, 0)
                    + " overwritten=" + counts.getOrDefault(Wrong.OVERWRITTEN, 0) + " endless="
                    + counts.getOrDefault(Wrong.ENDLESS, 0);
        }
    }

    /** Every {@code step}-th point of all grounds. */
    static Found fillAll(int step) {
        Found sum = new Found();
        for (Ground ground : Ground.values()) {
            sum.add(new BesideTable(ground).fill(step));
        }
        return sum;
    }

    /** Every {@code step}-th point. */
    Found fill(int step) {
        List<Supplier<Found>> all = new ArrayList<>();
        for (Duration away : List.of(Duration.ZERO, Duration.ofHours(1))) {
            KillPoint.upTo(requests.size(), 1).forEach(point -> all.add(() -> killed(point, away)));
        }
        int n = 0;
        for (AuditEntry request : requests) {
            n++;
            int number = n;
            if (request.service().equals(ground.service)) {
                for (FaultKind fault : FaultKind.values()) {
                    all.add(() -> faulted(fault, number));
                }
            }
            for (Other other : Other.values()) {
                // of a change at the very moment of ours nobody can know: there is no compare-and-set
                if (other.ground == ground && !changes(request)) {
                    all.add(() -> disturbed(other, number));
                }
            }
        }
        for (Lies.Said said : answers) {
            for (Lie lie : Lie.values()) {
                if (said.service().equals(ground.service) && lie.fits(said)) {
                    all.add(() -> lied(lie, said.number()));
                }
            }
        }
        List<Supplier<Found>> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i += step) {
            some.add(all.get(i));
        }
        Found sum = new Found();
        Lanes.each(some, Supplier::get).forEach(sum::add);
        return sum;
    }

    private Found killed(KillPoint point, Duration away) {
        String name = "killed " + point.moment() + " #" + point.request() + " away " + away;
        try (SimulatedCloud cloud = cloud()) {
            point.arm(cloud);
            Run run = new Run(cloud, () -> cloud.audit().entries().size() >= point.request(), cloud::advance, PATIENCE);
            return judged(name, cloud, () -> false, () -> {
                MaintenanceState last = run.begin();
                if (last != null) {
                    return last;
                }
                cloud.faults().clear();
                cloud.advance(away);
                return run.resume();
            });
        }
    }

    private Found faulted(FaultKind fault, int number) {
        try (SimulatedCloud cloud = cloud()) {
            fault.set(cloud, cloud.faults().on(null, "").nth(number));
            Run run = new Run(cloud, () -> false, span -> FaultTable.pass(cloud, span), fault.patience());
            return judged(fault.words() + " at #" + number, cloud, () -> false, run::begin);
        }
    }

    private Found disturbed(Other other, int number) {
        try (SimulatedCloud cloud = cloud()) {
            boolean[] sets = {other.sets};
            cloud.lies().beforeEach(request -> {
                if (request == number) {
                    boolean held = ground.held(cloud);
                    other.deed.accept(cloud);
                    sets[0] |= !held && ground.held(cloud);
                }
            });
            Run run = new Run(cloud, () -> false, cloud::advance, PATIENCE);
            return judged(other + " at #" + number, cloud, () -> sets[0], run::begin);
        }
    }

    private Found lied(Lie lie, long number) {
        try (SimulatedCloud cloud = cloud()) {
            if (lie == Lie.STALE) {
                cloud.lies().outdate(number);
            } else {
                cloud.lies().tell(number, body -> lie.told(body, member));
            }
            Run run = new Run(cloud, () -> false, cloud::advance, PATIENCE);
            return judged(lie + " at #" + number, cloud, () -> false, run::begin);
        }
    }

    /** @param theirs whether others have set the value, and not taken it back */
    private Found judged(String name, SimulatedCloud cloud, BooleanSupplier theirs, Supplier<MaintenanceState> whole) {
        Found found = new Found();
        found.points = 1;
        MaintenanceState last;
        try {
            last = whole.get();
        } catch (Drill.Endless e) {
            return found.wrong(Wrong.ENDLESS, name + ": " + e.getMessage());
        } catch (AssertionError | IllegalStateException broken) {
            return found.wrong(Wrong.ENDLESS, name + ": it broke: " + broken + " " + broken.getCause());
        }
        found.good = last.good() ? 1 : 0;
        String said = ground + " " + name + ": " + last.message()
                + (last.returning() == null ? "" : last.returning().notes())
                + last.drain().notes()
                + Maintenance.result(last).get("beside");
        boolean ours = Claim.parse(cloud.disabledReason(Scenario.HOST)).isPresent();
        boolean sets = theirs.getAsBoolean();
        if (sets && !ground.theirs(cloud)) {
            found.wrong(Wrong.OVERWRITTEN, said);
        }
        boolean told = said.contains("could not be taken back") || said.contains("found");
        if (ground.held(cloud) && !sets && !ours && !told) {
            found.wrong(Wrong.LEFT, said);
        }
        if (ground.lost(cloud) && !said.contains("has an agent")) {
            found.wrong(Wrong.LEFT, "nobody serves it: " + said);
        }
        return found;
    }
}
