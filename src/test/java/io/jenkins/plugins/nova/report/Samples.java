package io.jenkins.plugins.nova.report;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.PlanReport;
import io.jenkins.plugins.nova.report.data.PlanRoom;
import io.jenkins.plugins.nova.report.data.PlanRow;
import io.jenkins.plugins.nova.report.data.Segment;
import io.jenkins.plugins.nova.report.data.ServerRow;
import io.jenkins.plugins.nova.report.page.View;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Drains as they happen, for the tests of the page. */
public final class Samples {

    public static final Instant START = Instant.parse("2026-11-22T23:04:10Z");
    public static final ZoneId UTC = ZoneOffset.UTC;

    /** Ids as Keystone makes them. */
    public static final String PROJECT = "8f6a0d6c0e2f4b6f9a1e7d7a4b0c5d11";

    public static final String OWNER = "c51b8e4f7d2a4c0f8e9b6a3d2c1f0e55";

    private Samples() {}

    public static Segment segment(String kind, int from, int until) {
        return new Segment(kind, START.plusSeconds(from), until < 0 ? null : START.plusSeconds(until));
    }

    public static ServerRow moved(String name, String to, long ramMiB, int from, int until) {
        return row(
                name,
                "LIVE",
                to,
                "MOVED",
                "",
                "",
                until - from,
                ramMiB,
                100,
                List.of(segment("waiting", 5, from), segment("live", from, until)));
    }

    public static ServerRow row(
            String name,
            String action,
            String to,
            String outcome,
            String reason,
            String hint,
            long seconds,
            long ramMiB,
            int percent,
            List<Segment> segments) {
        String id = id(name);
        return new ServerRow(
                id,
                name,
                PROJECT,
                "payments",
                action,
                "compute1",
                to,
                outcome,
                reason,
                hint,
                seconds,
                ramMiB,
                percent,
                segments);
    }

    /** A dozen servers, most moved; one blocked, one failed, one awaits confirmation. */
    public static DrainReport drained() {
        List<ServerRow> rows = new ArrayList<>();
        rows.add(moved("web-1", "compute2", 4096, 9, 33));
        rows.add(moved("web-2", "compute3", 4096, 9, 31));
        rows.add(moved("web-3", "compute2", 4096, 33, 58));
        rows.add(moved("cache-a", "compute3", 8192, 31, 75));
        rows.add(moved("queue-1", "compute2", 8192, 58, 101));
        rows.add(moved("ldap", "compute3", 2048, 75, 89));
        rows.add(moved("db-main", "compute2", 65536, 101, 292));
        rows.add(moved("gateway", "compute3", 2048, 89, 104));
        rows.add(row(
                "batch-7",
                "COLD",
                "compute3",
                "AWAITING_CONFIRM",
                "it is SHUTOFF, so it was migrated cold",
                "",
                48,
                16384,
                -1,
                List.of(segment("waiting", 5, 104), segment("cold", 104, 152), segment("verify", 152, 292))));
        rows.add(row(
                "build-agent",
                "LIVE",
                "",
                "FAILED",
                "the hypervisor gave up: Unsafe migration: Migration may lead to data corruption if disks use cache != none",
                "Its disk is on local storage: migrate it with blockMigration: true, or cold. It runs on compute1, unharmed.",
                21,
                4096,
                -1,
                List.of(segment("waiting", 5, 152), segment("live", 152, 173), segment("failed", 173, 175))));
        rows.add(row(
                "legacy-vpn",
                "BLOCKED",
                "",
                "BLOCKED",
                "it is SUSPENDED; Nova moves no suspended server",
                "Resume it, or ask its owner to.",
                0,
                2048,
                -1,
                List.of()));
        rows.add(row("monitor", "SKIP", "", "GONE", "its owner deleted it meanwhile", "", 0, 2048, -1, List.of()));
        List<String> awaiting = List.of(rows.get(8).id());
        return new DrainReport(
                "nodeEvacuate-1",
                "nodeEvacuate",
                "production",
                "compute1",
                "INCOMPLETE",
                "sha256:7c1f9b2e5a40",
                START,
                START.plusSeconds(295),
                "compute1 is not empty: 2 servers are still on it. It stays cordoned.",
                rows,
                awaiting,
                List.of(
                        "23:04:10 compute1 found: up, enabled, 12 servers",
                        "23:04:11 compute1 cordoned: Jenkins maintenance-nightly #212",
                        "23:09:05 compute1 stays cordoned: 2 servers could not be moved"));
    }

    /** The same host a good minute after the start. */
    public static DrainReport running() {
        List<ServerRow> rows = new ArrayList<>();
        rows.add(moved("web-1", "compute2", 4096, 9, 33));
        rows.add(moved("web-2", "compute3", 4096, 9, 31));
        rows.add(row(
                "web-3",
                "LIVE",
                "compute2",
                "RUNNING",
                "",
                "",
                42,
                4096,
                61,
                List.of(segment("waiting", 5, 33), segment("live", 33, -1))));
        rows.add(row(
                "cache-a",
                "LIVE",
                "compute3",
                "RUNNING",
                "",
                "",
                44,
                8192,
                83,
                List.of(segment("waiting", 5, 31), segment("live", 31, -1))));
        for (String name : List.of("queue-1", "ldap", "db-main")) {
            rows.add(row(name, "LIVE", "", "", "", "", 0, 8192, -1, List.of(segment("waiting", 5, -1))));
        }
        return new DrainReport(
                "nodeEvacuate-1",
                "nodeEvacuate",
                "production",
                "compute1",
                DrainReport.RUNNING,
                "sha256:7c1f9b2e5a40",
                START,
                null,
                "Moving 2 at a time; about 4 min left.",
                rows,
                List.of(),
                List.of("23:04:11 compute1 cordoned"));
    }

    /** Two hundred servers; one of twenty cannot move. */
    public static DrainReport large() {
        List<ServerRow> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String name = String.format(Locale.ROOT, "tenant-%d-worker-with-a-long-name-%03d", i % 9, i);
            if (i % 20 == 7) {
                rows.add(row(
                        name,
                        "BLOCKED",
                        "",
                        "BLOCKED",
                        "it has a PCI device passed through, which cannot move live",
                        "allow cold migration of running servers with liveOnly: false",
                        0,
                        8192,
                        -1,
                        List.of()));
            } else {
                rows.add(
                        moved(name, "compute" + (2 + i % 5), 1024L * (1 + i % 16), 5 + i * 9, 5 + i * 9 + 11 + i % 16));
            }
        }
        return new DrainReport(
                "nodeEvacuate-2",
                "nodeEvacuate",
                "production",
                "compute-rack14-node07",
                "INCOMPLETE",
                "sha256:0f3e",
                START,
                START.plusSeconds(1830),
                "10 servers are still on compute-rack14-node07.",
                rows,
                List.of(),
                List.of());
    }

    /** What maintenancePlan tells of a host: not all may move, and not all fit. */
    public static DrainReport planned() {
        List<PlanRow> rows = List.of(
                planRow("web-1", "ACTIVE", 4096, "live", "", "", null, 0, 41),
                planRow("batch-7", "SHUTOFF", 16384, "cold", "", "", null, 0, 163),
                planRow("db-main", "ACTIVE", 65536, "live", "locked (nightly backup)", "", null, 41, 602),
                planRow("monitor", "ACTIVE", 2048, "skip", "its owner wants it left alone", "", null, -1, -1),
                planRow(
                        "gpu-train",
                        "ACTIVE",
                        131072,
                        "blocked",
                        "has a PCI device (pci_passthrough:alias a100:1), which cannot move live",
                        "A cold migration would move it, and shut its guest down meanwhile.",
                        "approve",
                        -1,
                        -1),
                planRow(
                        "legacy-vpn",
                        "SUSPENDED",
                        2048,
                        "blocked",
                        "is SUSPENDED; Nova moves no suspended server",
                        "Resume it, or ask its owner to.",
                        null,
                        -1,
                        -1),
                planRow(
                        "old-erp",
                        "VERIFY_RESIZE",
                        8192,
                        "residue",
                        "left this host before and waits in VERIFY_RESIZE on compute2",
                        "confirmResize or revertResize it before the host is switched off.",
                        null,
                        -1,
                        -1));
        PlanReport plan = new PlanReport(
                "7c1f9b2e5a40",
                "0f3e5d6a7b81",
                List.of(
                        new PlanReport.Term("blockMigration", "auto"),
                        new PlanReport.Term("confirm", "manual"),
                        new PlanReport.Term("host", "compute1"),
                        new PlanReport.Term("route", "BY_STATE"),
                        new PlanReport.Term("state of the host", "up")),
                602,
                rows,
                new PlanRoom(
                        false,
                        "placement",
                        "2 of 3 servers fit on compute2 (1), compute3 (1).",
                        List.of(new PlanRoom.Place("compute2", 1), new PlanRoom.Place("compute3", 1)),
                        List.of(new PlanRoom.Shortage(
                                rows.get(2).id(),
                                "db-main",
                                "16 VCPU, 65536 MEMORY_MB",
                                "no host has 65536 MEMORY_MB free; the most is 49152 on compute3"))),
                List.of("budget.maxAway 2: with 'compute1' 1 of the 4 hosts of the availability zone nova in"
                        + " maintenance, within the budget."),
                List.of("~ batch-7: LIVE -> COLD (is SHUTOFF now)", "- LIVE web-9 (gone)"));
        List<ServerRow> servers = new ArrayList<>();
        rows.forEach(row -> servers.add(row(
                row.name(),
                row.action(),
                "",
                row.action().equals("residue")
                        ? "AWAITING_CONFIRM"
                        : row.action().equals("skip")
                                ? "SKIPPED"
                                : row.action().equals("blocked") ? "BLOCKED" : "PLANNED",
                row.reason(),
                row.hint(),
                0,
                row.ramMiB(),
                -1,
                List.of())));
        return new DrainReport(
                "maintenancePlan-1",
                "maintenancePlan",
                "production",
                "compute1",
                "PLANNED",
                "7c1f9b2e5a40",
                START,
                START.plusSeconds(2),
                "Host compute1: 3 would be acted on, 2 cannot be. Nothing was changed.",
                servers,
                List.of(servers.get(6).id()),
                List.of(),
                plan);
    }

    private static final List<String> HOSTS = List.of("compute2", "compute3", "compute-rack14-node07.dc1.example.org");

    /** What a build did about compute1 from the plan to its return: seven servers, two of them cold and confirmed, a canary. */
    public static List<DrainReport> story() {
        List<PlanRow> plans = new ArrayList<>();
        List<ServerRow> planned = new ArrayList<>();
        List<ServerRow> moved = new ArrayList<>();
        List<ServerRow> confirmed = new ArrayList<>();
        List<String> awaiting = new ArrayList<>();
        String[] names = {
            "web-1", "web-2", "customer-portal-frontend-production-eu-01", "db-main", "batch-7", "batch-8", "ldap"
        };
        for (int i = 0; i < names.length; i++) {
            boolean cold = names[i].startsWith("batch");
            String way = cold ? "cold" : "live";
            int from = 10 + 20 * i;
            int until = from + 24 + 5 * i;
            long ram = 2048L << (i % 4);
            String to = HOSTS.get(i % 3);
            plans.add(planRow(names[i], cold ? "SHUTOFF" : "ACTIVE", ram, way, "", "", null, from - 10, until - 10));
            planned.add(row(names[i], way, "", "PLANNED", "", "", 0, ram, -1, List.of()));
            List<Segment> spans = List.of(segment("waiting", 5, from), segment(way, from, until));
            moved.add(row(
                    names[i],
                    way,
                    to,
                    cold ? "AWAITING_CONFIRM" : "MOVED",
                    cold ? "is on " + to + " in VERIFY_RESIZE; its old disks are still on compute1" : "",
                    cold ? "confirmResize or revertResize it." : "",
                    until - from,
                    ram,
                    -1,
                    spans));
            if (cold) {
                awaiting.add(moved.get(i).id());
                confirmed.add(row(
                        names[i],
                        "confirm",
                        to,
                        "CONFIRMED",
                        "",
                        "",
                        2,
                        ram,
                        -1,
                        List.of(segment("confirm", 280 + i, 282 + i))));
            }
        }
        PlanReport plan =
                new PlanReport("7c1f9b2e5a40", "7c1f9b2e5a40", planned().plan().terms(), 168, plans, null, null, null);
        return List.of(
                step(
                        "maintenancePlan-1",
                        "maintenancePlan",
                        "PLANNED",
                        -60,
                        -58,
                        "7 would be acted on.",
                        planned,
                        plan),
                step(
                        "nodeEvacuate-2",
                        "nodeEvacuate",
                        "AWAITING_CONFIRM",
                        0,
                        200,
                        "Host compute1 is empty, but 2 servers wait for a confirm.",
                        moved,
                        plan),
                step("confirmResize-3", "confirmResize", "DONE", 278, 290, "2 servers confirmed.", confirmed, null));
    }

    /** The host of {@link #story()} is opened again, after a canary was tried on it. */
    public static DrainReport returned() {
        ServerRow canary = new ServerRow(
                "0c0ffee0-5a1d-4c1e-9d5e-3b8f0e6c7a21",
                "nova-maintenance-canary-compute1",
                null,
                null,
                "live",
                null,
                "compute1",
                "DONE",
                null,
                null,
                58,
                0,
                -1,
                List.of(
                        segment("boot", 300, 318),
                        segment("live", 318, 330),
                        segment("reboot", 330, 340),
                        segment("live", 340, 352),
                        segment("delete", 352, 358)));
        DrainReport like = step(
                "nodeReturn-4",
                "nodeReturn",
                "DONE",
                295,
                362,
                "Host compute1 is fit and takes servers again.",
                List.of(),
                null);
        return new DrainReport(
                like.id(),
                like.step(),
                like.cloud(),
                like.host(),
                like.outcome(),
                null,
                like.started(),
                like.ended(),
                like.message(),
                List.of(),
                List.of(),
                List.of("Canary: nova-maintenance-canary-compute1 booted on compute1, moved and is gone."),
                null,
                canary,
                DrainReport.OPEN);
    }

    /** A step about compute1; confirmResize is told servers alone. */
    public static DrainReport step(
            String id,
            String step,
            String outcome,
            int from,
            int until,
            String message,
            List<ServerRow> rows,
            PlanReport plan) {
        return new DrainReport(
                id,
                step,
                "production",
                step.equals("confirmResize") || step.equals("revertResize") || step.equals("liveMigrate")
                        ? null
                        : "compute1",
                outcome,
                plan == null ? null : plan.hash(),
                START.plusSeconds(from),
                until < 0 && from >= 0 ? null : START.plusSeconds(until),
                message,
                rows,
                rows.stream()
                        .filter(row -> "AWAITING_CONFIRM".equals(row.outcome()))
                        .map(ServerRow::id)
                        .toList(),
                List.of(),
                plan,
                null,
                step.equals("nodeEvacuate") && until > 0 ? DrainReport.CLOSED : null);
    }

    /** A drain with this plan. */
    public static DrainReport with(DrainReport of, PlanReport plan) {
        return new DrainReport(
                of.id(),
                of.step(),
                of.cloud(),
                of.host(),
                of.outcome(),
                of.planHash(),
                of.started(),
                of.ended(),
                of.message(),
                of.servers(),
                of.awaitingConfirm(),
                of.log(),
                plan);
    }

    private static PlanRow planRow(
            String name,
            String status,
            long ramMiB,
            String action,
            String reason,
            String hint,
            String override,
            long start,
            long end) {
        return new PlanRow(
                id(name),
                name,
                PROJECT,
                "payments",
                OWNER,
                name.startsWith("web") ? "alice.cooper@payments.example.org" : null,
                "m1.large",
                status,
                ramMiB,
                action,
                reason,
                hint,
                override,
                start,
                end);
    }

    /** Names that want to be something else. */
    public static DrainReport hostile() {
        String name = "<script>alert(1)</script>";
        ServerRow row = new ServerRow(
                "id\"><img src=x onerror=alert(2)>",
                name,
                "a&b",
                "<u>a</u>",
                "LIVE",
                "c\u0001\u202E1",
                "]]>",
                "FAILED",
                "<b>no</b>",
                "'\"`${it}",
                1,
                1,
                -1,
                List.of(segment("\"><i>", 0, 5), segment("live", 5, 9)));
        return new DrainReport(
                "x",
                "step</script>",
                name,
                name,
                "DONE",
                "</code>",
                START,
                START.plusSeconds(9),
                "<!-- ",
                List.of(row),
                List.of(row.id(), "\uD800"),
                List.of("</style><script>alert(3)</script>"),
                hostilePlan(name));
    }

    private static PlanReport hostilePlan(String name) {
        return new PlanReport(
                "<hash>",
                "</h4>",
                List.of(new PlanReport.Term("<term>", "\"><img src=x onerror=alert(4)>")),
                9,
                List.of(new PlanRow(
                        "id\"><img src=x onerror=alert(2)>",
                        name,
                        "a&b",
                        "<u>a</u>",
                        "<i>",
                        "<u>b</u>",
                        "m1.<b>",
                        "<ACTIVE>",
                        1,
                        "<live>",
                        "<b>no</b>",
                        "]]>",
                        "<p>",
                        0,
                        9)),
                new PlanRoom(
                        false,
                        "<s>",
                        "<summary>",
                        List.of(new PlanRoom.Place(name, 1)),
                        List.of(new PlanRoom.Shortage("x", name, "<needs>", "<reason>"))),
                List.of("<budget>"),
                List.of("+ LIVE " + name + " (new on the host)"));
    }

    public static View live(Instant now) {
        return new View(now, UTC, true, "changes", "../input/");
    }

    private static String id(String name) {
        return HexFormat.of().toHexDigits(name.hashCode()) + "-5a1d-4c1e-9d5e-3b8f0e6c7a21";
    }
}
