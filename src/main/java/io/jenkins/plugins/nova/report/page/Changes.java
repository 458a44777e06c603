package io.jenkins.plugins.nova.report.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What has changed on a page since a reader's last look, so that a page of two hundred servers fetches what moves and not all of
 * it again. A revision is counted up at each look at which something was different; a reader's token is the revision of his look.
 * Nothing of it is saved: after a restart a reader's token is not known, and he gets the whole.
 *
 * <p>Thread-safe.
 */
public final class Changes {

    /** So long is what is gone kept: readers whose token is older get the whole. */
    private static final int MOST_GONE = 1000;

    /** All lanes have the view box of their axis, from which the page's script gives it to them. */
    private static final Pattern VIEW_BOX = Pattern.compile(" viewBox=\"[^\"]*\"");

    private final String epoch = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Stamp> stamps = new HashMap<>();
    private final Map<String, Long> gone = new HashMap<>();
    private long revision;
    private long forgotten;

    /**
     * When a piece last changed, and what it was then, but for the pieces within it: its SHA-256, for a hash that two texts share
     * would leave an old outcome on the page.
     */
    private record Stamp(String digest, long revision) {}

    /**
     * @param page as it is now
     * @return the whole of it, with a token
     */
    public synchronized String whole(Markup page, View view) {
        String text = page.toString();
        look(text, page.pieces());
        return ReportPage.framed(text, view, token(), "data-nova-whole", "true");
    }

    /**
     * @param token of the reader's last look; {@code null} and anything that is none gets the whole
     * @param page as it is now
     * @return the pieces that have changed since, each in one that can be parsed by itself, with a new token
     */
    public synchronized String since(String token, Markup page, View view) {
        String text = page.toString();
        List<Markup.Piece> pieces = page.pieces();
        look(text, pieces);
        long since = revision(token);
        if (since < forgotten) {
            return ReportPage.framed(text, view, token(), "data-nova-whole", "true");
        }
        StringBuilder changed = new StringBuilder();
        pieces.forEach(piece -> add(piece, text, since, changed));
        List<String> lost = gone.entrySet().stream()
                .filter(entry -> entry.getValue() > since)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return ReportPage.framed(
                changed.toString(), view, token(), "data-nova-gone", lost.isEmpty() ? null : String.join(" ", lost));
    }

    private void add(Markup.Piece piece, String text, long since, StringBuilder changed) {
        if (stamps.get(piece.id()).revision() > since) {
            String markup = text.substring(piece.from(), piece.until());
            // browsers drop a part of a table that stands outside of one
            changed.append(markup.startsWith("<tbody") ? "<table>" + markup + "</table>" : markup);
        } else {
            piece.inside().forEach(inner -> add(inner, text, since, changed));
        }
    }

    private void look(String text, List<Markup.Piece> pieces) {
        long next = revision + 1;
        Set<String> there = new HashSet<>();
        boolean different = false;
        for (Markup.Piece piece : all(pieces)) {
            there.add(piece.id());
            String digest = Digest.sha256(own(piece, text));
            Stamp known = stamps.get(piece.id());
            if (known == null || !known.digest().equals(digest)) {
                stamps.put(piece.id(), new Stamp(digest, next));
                gone.remove(piece.id());
                different = true;
            }
        }
        for (String id : List.copyOf(stamps.keySet())) {
            if (!there.contains(id)) {
                stamps.remove(id);
                gone.put(id, next);
                different = true;
            }
        }
        if (gone.size() > MOST_GONE) {
            forgotten = next;
            gone.clear();
        }
        if (different) {
            revision = next;
        }
    }

    private static List<Markup.Piece> all(List<Markup.Piece> pieces) {
        List<Markup.Piece> all = new ArrayList<>();
        pieces.forEach(piece -> {
            all.add(piece);
            all.addAll(all(piece.inside()));
        });
        return all;
    }

    /** A piece's text without that of the pieces within it. */
    private static String own(Markup.Piece piece, String text) {
        StringBuilder own = new StringBuilder();
        int at = piece.from();
        for (Markup.Piece inner : piece.inside()) {
            own.append(text, at, inner.from());
            at = inner.until();
        }
        return VIEW_BOX.matcher(own.append(text, at, piece.until())).replaceAll("");
    }

    private String token() {
        return epoch + "-" + revision;
    }

    /** The revision of a token of ours; one before all others where it is none. */
    private long revision(String token) {
        if (token == null || !token.startsWith(epoch + "-")) {
            return -1;
        }
        String number = token.substring(epoch.length() + 1);
        return number.matches("[0-9]{1,18}") && Long.parseLong(number) <= revision ? Long.parseLong(number) : -1;
    }
}
