package io.jenkins.plugins.nova.report.page;

import io.jenkins.plugins.nova.report.data.DrainReport;
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
        return framed(page(drains, List.of(), view).toString(), view, null);
    }

    /**
     * What is in the page's frame.
     *
     * @param drains in the order to show; may be empty
     * @param known what other builds did later; may be empty
     * @param view where and when it is shown
     */
    public static Markup page(List<DrainReport> drains, List<SettledBy> known, View view) {
        List<Story> stories = Story.of(drains, known, view);
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
        overview(stories, markup);
        markup.openPiece("div", "nova-nothing");
        if (drains.isEmpty()) {
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
                + fragment(drains, View.still(now, zone)) + "\n</main>\n<script>" + script
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
