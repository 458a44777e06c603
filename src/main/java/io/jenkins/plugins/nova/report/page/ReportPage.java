package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.report.data.RollProgress;
import io.jenkins.plugins.nova.report.data.RollReport;
import io.jenkins.plugins.nova.report.data.SettledBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The page "Host maintenance": the same content for the build's page in Jenkins and for a file of its own. */
public final class ReportPage {

    private ReportPage() {}

    /**
     * The content of the page as well-formed markup, to be put into a page that includes {@code page.css} and {@code page.js}. It
     * needs no escaping: that is done.
     *
     * @param drains in the order to show; may be empty
     * @param view where and when it is shown
     * @return one element of the class {@code nova-report}
     */
    public static String fragment(List<DrainReport> drains, View view) {
        return fragment(List.of(), drains, view);
    }

    /**
     * The same of a build that rolls.
     *
     * @param rolls as they were planned, in the order to show
     */
    public static String fragment(List<RollReport> rolls, List<DrainReport> drains, View view) {
        return framed(page(rolls, drains, List.of(), view).toString(), view, null);
    }

    /**
     * What is in the page's frame.
     *
     * @param drains in the order to show; may be empty
     * @param known what other builds did later; may be empty
     * @param view where and when it is shown
     */
    public static Markup page(List<DrainReport> drains, List<SettledBy> known, View view) {
        return page(List.of(), drains, known, view);
    }

    /**
     * The same of a build that rolls. The hosts of a roll are a lane each, which leads to the page of its drain; in a file that
     * stands alone they are in it, below.
     *
     * @param rolls as they were planned, in the order to show; may be empty
     */
    public static Markup page(List<RollReport> rolls, List<DrainReport> drains, List<SettledBy> known, View view) {
        List<RollProgress> progress = rolls.stream()
                .map(roll -> RollProgress.of(roll, drains, view.now(), view.live()))
                .toList();
        List<DrainReport> shown = view.changes() == null ? drains : besides(progress, drains);
        return page(progress, Story.of(shown, known, view), view, rolls.isEmpty() && drains.isEmpty());
    }

    /**
     * The page of one drain of a roll.
     *
     * @param id of a step's report
     * @param drains all of the build
     * @return its host's, with what other steps of the build did to the same; nothing but a word where there is none
     */
    public static Markup drain(String id, List<DrainReport> drains, List<SettledBy> known, View view) {
        DrainReport asked = drains.stream()
                .filter(drain -> drain.id().equals(id))
                .findFirst()
                .orElse(null);
        List<DrainReport> same = drains.stream()
                .filter(drain -> asked != null
                        && (drain.host() == null
                                || drain.host().equals(asked.host()) && Objects.equals(drain.cloud(), asked.cloud())
                                || drain.id().startsWith(id)))
                .toList();
        // steps on chosen servers are among them where the host's story goes on with them, and else are stories of
        // their own
        List<Story> story = Story.of(same, known, view).stream()
                .filter(each -> each.steps().stream().anyMatch(step -> step.id().equals(id)))
                .toList();
        return page(List.of(), story, view, asked == null);
    }

    /** Those that no lane of a roll leads to. */
    private static List<DrainReport> besides(List<RollProgress> rolls, List<DrainReport> drains) {
        Set<String> hosts = rolls.stream()
                .flatMap(roll -> roll.getLanes().stream()
                        .filter(lane -> lane.drain() != null)
                        .map(lane -> roll.getPlan().cloud() + " " + lane.host()))
                .collect(Collectors.toSet());
        return drains.stream()
                .filter(drain -> !hosts.contains(drain.cloud() + " " + drain.host()))
                .toList();
    }

    private static Markup page(List<RollProgress> rolls, List<Story> stories, View view, boolean nothing) {
        Markup markup = new Markup();
        markup.leaf("p", "", "class", "nova-unseen", "role", "status", "id", "nova-said");
        if (goesOn(view)) {
            markup.open("p", "class", "nova-fresh", "id", "nova-fresh");
            markup.openPiece("span", "nova-asof")
                    .text("As of " + Figures.time(view.now(), view.zone()) + ".")
                    .closePiece();
            markup.text(" ").leaf("a", "Reload", "href", ".").leaf("span", "", "id", "nova-stale", "role", "status");
            markup.close();
        }
        markup.open("div", "id", "nova-rolls");
        for (int i = 0; i < rolls.size(); i++) {
            new RollSection(rolls.get(i), i, view).write(markup);
        }
        markup.close();
        overview(stories, markup);
        markup.openPiece("div", "nova-nothing");
        if (nothing) {
            markup.leaf("p", "Nothing has been reported yet.", "class", "nova-none");
        }
        markup.closePiece().open("div", "id", "nova-drains");
        for (int i = 0; i < stories.size(); i++) {
            new HostCard(stories.get(i), view).write(i, markup);
        }
        return markup.close();
    }

    private static boolean goesOn(View view) {
        return view.live() && view.changes() != null;
    }

    /**
     * The element around it all.
     *
     * @param content of {@link #page}, or pieces of it
     * @param token of {@link Changes}; {@code null} for a page that stays as it is
     * @param more attributes as of {@link Markup#open}
     */
    static String framed(String content, View view, String token, String... more) {
        List<String> attributes = new ArrayList<>(Arrays.asList(
                "class",
                "nova-report",
                "id",
                "nova-report",
                "data-nova-live",
                String.valueOf(goesOn(view)),
                "data-nova-changes",
                goesOn(view) ? view.changes() : null,
                "data-nova-token",
                token));
        attributes.addAll(Arrays.asList(more));
        String end = "</div>";
        String frame = new Markup()
                .open("div", attributes.toArray(String[]::new))
                .close()
                .toString();
        return frame.substring(0, frame.length() - end.length()) + content + end;
    }

    /**
     * The page as one HTML file with its style and script inside, which may load nothing else (its Content Security Policy
     * names both by their hashes).
     *
     * @param drains in the order to show
     * @param title of the page, such as the name of the job and build
     * @param now the time of the writing
     * @param zone the time zone of the times on the page
     */
    public static String selfContained(List<DrainReport> drains, String title, Instant now, ZoneId zone) {
        return selfContained(List.of(), drains, title, now, zone);
    }

    /**
     * The same of a build that rolls.
     *
     * @param rolls as they were planned, in the order to show
     */
    public static String selfContained(
            List<RollReport> rolls, List<DrainReport> drains, String title, Instant now, ZoneId zone) {
        String style = resource("standalone.css") + resource("page.css");
        String script = resource("page.js");
        Markup head = new Markup();
        head.open("head").empty("meta", "charset", "utf-8");
        head.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; base-uri 'none'; form-action 'none'; style-src " + hash(style) + "; script-src "
                        + hash(script));
        head.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        head.empty("meta", "name", "color-scheme", "content", "light dark");
        head.leaf("title", title).close();
        Markup heading = new Markup().leaf("h1", title);
        String headText = head.toString();
        return "<!DOCTYPE html>\n<html lang=\"en\" class=\"nova-standalone\">\n"
                + headText.substring(0, headText.length() - "</head>".length())
                + "<style>" + style + "</style></head>\n<body>\n<main>\n" + heading + "\n"
                + fragment(rolls, drains, View.still(now, zone)) + "\n</main>\n<script>" + script
                + "</script>\n</body>\n</html>\n";
    }

    private static void overview(List<Story> stories, Markup markup) {
        markup.openPiece("nav", "nova-overview", "aria-label", "Hosts of this build");
        if (stories.size() > 1) {
            markup.open("ul", "class", "nova-overview");
            for (Story story : stories) {
                markup.open("li");
                ServerTable.badge(story.standing(), story.words(), markup);
                markup.text(" ").open("a", "href", "#" + story.anchor(), "id", story.anchor() + "-go");
                markup.name(story.title()).close();
                String what = story.sentence().lines().findFirst().orElse("");
                if (!what.isEmpty()) {
                    markup.text(" ").leaf("span", what, "class", "nova-what");
                }
                markup.close();
            }
            markup.close();
        }
        markup.closePiece();
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + ReportPage.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        return "'sha256-" + Digest.sha256(text) + "'";
    }
}
