package io.jenkins.plugins.nova.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
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
        Markup markup = new Markup();
        boolean goesOn = view.live() && view.fragment() != null;
        markup.open(
                "div",
                "class",
                "nova-report",
                "id",
                "nova-report",
                "data-nova-live",
                String.valueOf(goesOn),
                "data-nova-fragment",
                view.fragment());
        stripes(markup);
        markup.leaf("p", "", "class", "nova-unseen", "role", "status", "id", "nova-said");
        if (goesOn) {
            markup.open("p", "class", "nova-fresh", "id", "nova-fresh");
            markup.leaf(
                    "span",
                    "As of " + Figures.time(view.now(), view.zone()) + ".",
                    "id",
                    "nova-asof",
                    "data-nova-part",
                    "");
            markup.text(" ").leaf("a", "Reload", "href", ".").leaf("span", "", "id", "nova-stale", "role", "status");
            markup.close();
        }
        overview(drains, view, markup);
        markup.open("div", "id", "nova-drains");
        if (drains.isEmpty()) {
            markup.leaf("p", "Nothing has been reported yet.", "class", "nova-none");
        }
        drains.forEach(drain -> new DrainSection(drain, settledAfter(drain, drains), view).write(markup));
        return markup.close().close().toString();
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

    private static Set<String> settledAfter(DrainReport drain, List<DrainReport> drains) {
        return drains.stream()
                .filter(later -> later.started().isAfter(drain.started()))
                .flatMap(later -> later.servers().stream())
                .filter(row -> "CONFIRMED".equals(row.outcome()) || "REVERTED".equals(row.outcome()))
                .map(ServerRow::id)
                .collect(Collectors.toSet());
    }

    private static void overview(List<DrainReport> drains, View view, Markup markup) {
        markup.open("nav", "id", "nova-overview", "data-nova-part", "", "aria-label", "Steps of this build");
        if (drains.size() > 1) {
            markup.open("ul", "class", "nova-overview");
            for (DrainReport drain : drains) {
                markup.open("li");
                ServerTable.badge(Standing.of(drain, view), Standing.words(drain, view), markup);
                markup.text(" ")
                        .open("a", "href", "#" + DrainSection.anchor(drain), "id", DrainSection.anchor(drain) + "-go");
                markup.name(DrainSection.title(drain)).close();
                markup.text(" ").leaf("code", drain.step());
                if (!ServerTable.blank(drain.message())) {
                    markup.leaf("span", drain.message().lines().findFirst().orElse(""), "class", "nova-what");
                }
                markup.close();
            }
            markup.close();
        }
        markup.close();
    }

    private static void stripes(Markup markup) {
        markup.open("svg", "class", "nova-defs", "aria-hidden", "true", "focusable", "false")
                .open("defs");
        markup.open(
                "pattern",
                "id",
                "nova-stripes",
                "width",
                "6",
                "height",
                "6",
                "patternUnits",
                "userSpaceOnUse",
                "patternTransform",
                "rotate(45)");
        markup.open("rect", "class", "nova-stripe", "width", "2.5", "height", "6")
                .close();
        markup.close().close().close();
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
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
