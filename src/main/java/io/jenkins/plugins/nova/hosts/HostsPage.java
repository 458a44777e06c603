package io.jenkins.plugins.nova.hosts;

import io.jenkins.plugins.nova.drain.text.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the page of a cloud. There is no button on it: what changes a host is a Pipeline. */
final class HostsPage {

    /** From the page's address to Jenkins's root. */
    private static final String ROOT = "../../../";

    /** What the page's script asks for to see whether there is something new. */
    private static final String NEWS = "api/json?tree=readAt,ageSeconds,reading,problemAt";

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final HostsOfCloud page;
    private final HostReadings.Seen seen;
    private final ZoneId zone;
    private final List<HostRow> hosts;
    private final List<WaitingServer> waiting;
    private final List<MaintenanceJob> jobs;

    HostsPage(HostsOfCloud page, HostReadings.Seen seen, ZoneId zone) {
        this.page = page;
        this.seen = seen;
        this.zone = zone;
        this.hosts = page.getHosts();
        this.waiting = page.getWaiting();
        this.jobs = hosts.isEmpty() ? List.of() : page.getJobs();
    }

    String fragment() {
        return Html.tag("div")
                .with("class", "nova-hosts")
                .with("id", "nova-hosts")
                .with("data-news", NEWS)
                .with("data-fragment", "fragment")
                .with("data-read-at", page.getReadAt())
                .with("data-problem-at", page.getProblemAt())
                .with("data-reading", String.valueOf(page.isReading()))
                .around(
                        Html.tag("div").with("id", "nova-hosts-state").around(age(), problem()),
                        Html.tag("p")
                                .with("id", "nova-hosts-lost")
                                .with("class", "nova-hosts-problem")
                                .with("role", "status")
                                .around(),
                        filter(),
                        Html.tag("div").with("id", "nova-hosts-body").around(body()))
                .toString();
    }

    private Html age() {
        String again = seen.readingSince() == null ? "" : ", and is being read again";
        Html words = seen.reading() != null
                ? Html.of(
                        Html.text("Read "),
                        Html.tag("span")
                                .with("id", "nova-hosts-age")
                                .around(Quantity.time(Duration.ofSeconds(page.getAgeSeconds()))),
                        Html.text(" ago" + again + "."))
                : Html.text(
                        seen.readingSince() != null
                                ? "The cloud is being read, for "
                                        + Quantity.time(Duration.between(seen.readingSince(), seen.now()))
                                        + " by now. The page shows it by itself."
                                : "Nothing has been read yet.");
        return Html.element("p", "nova-hosts-soft", words);
    }

    private Html problem() {
        return seen.problem() == null
                ? Html.NONE
                : Html.tag("p")
                        .with("class", "nova-hosts-problem")
                        .around("The last attempt, " + Quantity.time(Duration.between(seen.problemAt(), seen.now()))
                                + " ago, failed: " + seen.problem()
                                + (seen.problem().endsWith(".") ? "" : ".")
                                + (seen.reading() == null ? "" : " What is below is older."));
    }

    /** Shown by the page's script, which alone can use it. */
    private static Html filter() {
        return Html.tag("p")
                .with("class", "nova-hosts-filter")
                .with("hidden", "")
                .around(
                        Html.tag("label").with("for", "nova-hosts-words").around("Show hosts with"),
                        Html.text(" "),
                        Html.tag("input")
                                .with("id", "nova-hosts-words")
                                .with("type", "search")
                                .with("autocomplete", "off")
                                .alone(),
                        Html.text(" "),
                        Html.tag("span")
                                .with("id", "nova-hosts-shown")
                                .with("role", "status")
                                .around());
    }

    private Html body() {
        if (seen.reading() == null) {
            return Html.NONE;
        }
        if (hosts.isEmpty()) {
            return Html.of(doubts(), Html.element("p", "", Html.text("Nova lists no compute host.")));
        }
        Map<String, List<HostRow>> zones =
                hosts.stream().collect(Collectors.groupingBy(HostRow::zone, TreeMap::new, Collectors.toList()));
        return Html.of(
                totals(),
                doubts(),
                Html.of(zones.entrySet().stream().map(zone -> zone(zone.getKey(), zone.getValue()))),
                howToMaintain(),
                aggregates(),
                waits());
    }

    private Html totals() {
        return Html.element(
                "p",
                "nova-hosts-totals",
                Html.text(counts(hosts) + "; "
                        + Quantity.servers(
                                hosts.stream().mapToInt(HostRow::servers).sum())
                        + ", "
                        + (waiting.isEmpty() ? "none" : waiting.size()) + " in VERIFY_RESIZE."));
    }

    /** {@code 12 hosts: 3 disabled, 1 down}. */
    private static String counts(List<HostRow> rows) {
        String odd = Stream.of(
                        some(rows, HostRow::closed, "disabled"),
                        some(rows, row -> row.state().equals("down"), "down"),
                        some(rows, row -> row.state().equals(HostRow.UNKNOWN), HostRow.UNKNOWN))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(", "));
        return (rows.size() == 1 ? "1 host: " : rows.size() + " hosts: ") + (odd.isEmpty() ? "enabled and up" : odd);
    }

    private static String some(List<HostRow> rows, Predicate<HostRow> which, String word) {
        long count = rows.stream().filter(which).count();
        return count == 0 ? "" : count + " " + word;
    }

    private Html doubts() {
        return Html.of(
                page.getDoubts().stream().map(doubt -> Html.element("p", "nova-hosts-problem", Html.text(doubt))));
    }

    private Html zone(String name, List<HostRow> rows) {
        return Html.tag("section")
                .with("class", "nova-hosts-zone")
                .around(
                        Html.tag("h2")
                                .around(
                                        name.isEmpty()
                                                ? Html.text("No zone told")
                                                : Html.of(Html.text("Zone "), name(name))),
                        Html.element("p", "nova-hosts-soft", Html.text(counts(rows) + ".")),
                        table(
                                Stream.of("Host", "Aggregates", "State", "Disabled by", "Servers", "Maintain")
                                        .filter(column -> !jobs.isEmpty() || !column.equals("Maintain")),
                                rows.stream().map(this::row)));
    }

    private static Html table(Stream<String> columns, Stream<Html> rows) {
        return Html.tag("table")
                .with("class", "nova-hosts-table")
                .around(
                        Html.tag("thead")
                                .around(Html.tag("tr")
                                        .around(Html.of(columns.map(column -> Html.tag("th")
                                                .with("scope", "col")
                                                .around(column))))),
                        Html.tag("tbody").around(Html.of(rows)));
    }

    private Html row(HostRow host) {
        return Html.tag("tr")
                .with("data-host", host.host())
                .around(
                        Html.tag("th").with("scope", "row").around(parted(host.host())),
                        cell("Aggregates", names(host.aggregates())),
                        cell("State", state(host)),
                        cell("Disabled by", closed(host)),
                        cell("Servers", servers(host)),
                        jobs.isEmpty() ? Html.NONE : cell("Maintain", maintain(host)));
    }

    /** The column's name is shown before the cell where the screen is too narrow for columns. */
    private static Html cell(String column, Html... inside) {
        return Html.tag("td").with("data-column", column).around(Html.tag("div").around(inside));
    }

    private static Html names(List<String> names) {
        return Html.of(names.stream().map(name -> Html.element("span", "nova-hosts-tag", name(name))));
    }

    /** A name that people gave, kept from turning the direction of the text around it. */
    private static Html name(String name) {
        return Html.tag("bdi").around(name);
    }

    /** The name of a host, job or build, null for none: a long one is broken at its dots and slashes. */
    private static Html parted(String name) {
        if (name == null) {
            return Html.NONE;
        }
        return Html.tag("bdi")
                .around(Html.of(Stream.of(name.split("(?<=[./])"))
                        .flatMap(part ->
                                Stream.of(Html.text(part), Html.tag("wbr").alone()))));
    }

    private Html state(HostRow host) {
        if (host.state().equals(HostRow.UNKNOWN)) {
            return Html.element("span", "nova-hosts-bad", Html.text("unknown: its cell does not answer"));
        }
        boolean up = host.state().equals("up");
        return Html.of(
                Html.element("span", up ? "nova-hosts-good" : "nova-hosts-bad", Html.text(host.state())),
                Html.text(", "),
                Html.element("span", host.closed() ? "nova-hosts-closed" : "nova-hosts-good", Html.text(host.status())),
                host.forcedDown()
                        ? Html.of(Html.text(", "), Html.element("span", "nova-hosts-bad", Html.text("forced down")))
                        : Html.NONE,
                up || host.lastReport() == null ? Html.NONE : soft("last report ", moment(host.lastReport())));
    }

    private Html closed(HostRow host) {
        if (!host.closed()) {
            return Html.NONE;
        }
        Html since = host.closedSince() == null ? Html.NONE : soft("since ", moment(host.closedSince()));
        return switch (host.closedByKind()) {
            case HostRow.BUILD ->
                Html.of(
                        build(host),
                        host.closedByRunning() == null
                                ? Html.NONE
                                : Html.text(host.closedByRunning() ? ", which is running" : ", which has ended"),
                        since,
                        host.closedFor() == null ? Html.NONE : soft("for ", name(host.closedFor())),
                        host.failure() == null
                                ? Html.NONE
                                : Html.element("div", "nova-hosts-bad", Html.text("failed: "), name(host.failure())));
            case HostRow.NOVA_COMPUTE -> Html.of(Html.text("nova-compute itself: "), name(host.closedFor()));
            default ->
                host.closedFor() == null
                        ? Html.text("a person, who gave no reason")
                        : Html.of(Html.text("a person: "), name(host.closedFor()));
        };
    }

    private static Html build(HostRow host) {
        return host.closedByUrl() == null
                ? parted(host.closedBy())
                : Html.tag("a").with("href", ROOT + host.closedByUrl()).around(parted(host.closedBy()));
    }

    private Html servers(HostRow host) {
        String statuses = host.statuses().entrySet().stream()
                .map(status -> status.getValue() + " " + status.getKey())
                .collect(Collectors.joining(", "));
        long left = waiting.stream()
                .filter(server -> host.host().equals(server.source()))
                .count();
        return Html.of(
                Html.text(String.valueOf(host.servers())),
                statuses.isEmpty() ? Html.NONE : soft("", Html.text(statuses)),
                left == 0
                        ? Html.NONE
                        : Html.element(
                                "div",
                                "nova-hosts-closed",
                                Html.text("old disks of " + Quantity.servers(left) + " in VERIFY_RESIZE")));
    }

    private Html maintain(HostRow host) {
        if (jobs.size() == 1) {
            return link(jobs.get(0), host, "Maintain");
        }
        return Html.tag("details")
                .with("data-open", host.host())
                .around(
                        Html.tag("summary")
                                .with("aria-label", "Maintain " + host.host())
                                .around("Maintain"),
                        Html.tag("ul")
                                .around(Html.of(jobs.stream()
                                        .map(job -> Html.tag("li").around(link(job, host, job.name()))))));
    }

    private Html link(MaintenanceJob job, HostRow host, String words) {
        return Html.tag("a")
                .with("href", ROOT + job.form(page.getCloud(), host.host()))
                .with("aria-label", "Maintain " + host.host() + " with the job " + job.name())
                .with("title", job.name())
                .around(parted(words));
    }

    private Html howToMaintain() {
        String words = jobs.isEmpty()
                ? "To maintain a host from here, have a job with the parameter HOST that you may build."
                : jobs.get(0).prefilled()
                        ? "Maintain opens the job's form with the host in it; nothing begins before you say so there."
                        : "Maintain opens the job's form, which asks for the host; nothing begins before you say so there.";
        return Html.element("p", "nova-hosts-soft", Html.text(words));
    }

    private Html aggregates() {
        Map<String, List<HostRow>> aggregates = new TreeMap<>();
        hosts.forEach(host -> host.aggregates()
                .forEach(aggregate -> aggregates
                        .computeIfAbsent(aggregate, unseen -> new ArrayList<>())
                        .add(host)));
        if (aggregates.isEmpty()) {
            return Html.NONE;
        }
        return Html.tag("section")
                .around(
                        Html.tag("h2").around("Aggregates"),
                        table(
                                Stream.of("Aggregate", "Hosts", "Servers"),
                                aggregates.entrySet().stream()
                                        .map(aggregate -> Html.tag("tr")
                                                .around(
                                                        Html.tag("th")
                                                                .with("scope", "row")
                                                                .around(name(aggregate.getKey())),
                                                        cell("Hosts", Html.text(counts(aggregate.getValue()))),
                                                        cell(
                                                                "Servers",
                                                                Html.text(String.valueOf(aggregate.getValue().stream()
                                                                        .mapToInt(HostRow::servers)
                                                                        .sum())))))));
    }

    private Html waits() {
        if (waiting.isEmpty()) {
            return Html.NONE;
        }
        return Html.tag("section")
                .around(
                        Html.tag("h2").around("In VERIFY_RESIZE"),
                        Html.element(
                                "p",
                                "nova-hosts-soft",
                                Html.text("Each has disks on both hosts until it is confirmed or reverted.")),
                        table(
                                Stream.of("Server", "Since", "From", "Now on", "Settled by"),
                                waiting.stream().map(this::waiting)));
    }

    private Html waiting(WaitingServer server) {
        String called = server.name().isEmpty() ? server.id() : server.name();
        return Html.tag("tr")
                .around(
                        Html.tag("th")
                                .with("scope", "row")
                                .with("title", server.id())
                                .around(name(called)),
                        cell("Since", server.since() == null ? Html.text("not told") : moment(server.since())),
                        cell("From", server.source() == null ? Html.text("not told") : parted(server.source())),
                        cell("Now on", parted(server.host())),
                        cell(
                                "Settled by",
                                Html.text(
                                        server.ownersResize()
                                                ? "its owner, who resized it"
                                                : "confirmResize or revertResize")));
    }

    private static Html soft(String before, Html inside) {
        return Html.element("div", "nova-hosts-soft", Html.text(before), inside);
    }

    /** {@code 2026-01-01 02:03 (2 h 10 min ago)}. */
    private Html moment(Instant at) {
        Duration ago = Duration.between(at, seen.now());
        return Html.of(
                Html.tag("time")
                        .with("datetime", at.toString())
                        .with("title", at.toString())
                        .around(MINUTE.format(at.atZone(zone))),
                Html.text(" (" + Quantity.time(ago) + " ago)"));
    }
}
