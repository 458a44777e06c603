package io.jenkins.plugins.nova.step.controller;

import io.jenkins.plugins.nova.drain.text.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Whether the one who looks at guests is deaf itself, rather than all guests silent. Told by witnesses, which are guests whose servers are
 * not being moved: where one that answered falls silent at the same look as one that is being moved, and nobody else answers either, then
 * it is not the copying that silences them. It ends when anybody answers. Where there is no witness, nothing is concluded.
 *
 * <p>And whether anybody could be asked at all. Both are told once they have lasted, and again when they are over. Not for several threads.
 */
final class Deafness {

    /** What lasts shorter is not told. */
    static final Duration TOLD = Duration.ofSeconds(5);

    private Instant deafSince;
    private boolean deafTold;
    private Instant unaskedSince;
    private boolean unaskedTold;

    /**
     * What a look has heard of a guest.
     *
     * @param witness whether its server is not being moved
     * @param present whether it answered at the looks before this one, of those that count; null where too little was heard
     * @param answer whether it answered at this one
     */
    record Heard(boolean witness, Boolean present, boolean answer) {}

    /** Whether what the last look has heard, if anything, is not to be counted. */
    boolean deaf() {
        return deafSince != null;
    }

    /**
     * A look at which somebody could be asked.
     *
     * @param all what was heard
     * @param now when
     * @return what is to be told
     */
    List<String> heard(List<Heard> all, Instant now) {
        if (unaskedSince != null) {
            Instant since = unaskedSince;
            boolean told = unaskedTold;
            unaskedSince = null;
            unaskedTold = false;
            if (told) {
                return List.of(
                        "Guests are looked at again, after " + Quantity.time(Duration.between(since, now)) + ".");
            }
        }
        boolean anybody = all.stream().anyMatch(Heard::answer);
        if (deafSince == null) {
            deafSince = !anybody && falls(all) ? now : null;
            return List.of();
        }
        if (anybody) {
            Duration lasted = Duration.between(deafSince, now);
            boolean told = deafTold;
            deafSince = null;
            deafTold = false;
            return told
                    ? List.of("Guests are heard again, after " + Quantity.time(lasted)
                            + "; nothing is concluded from that silence.")
                    : List.of();
        }
        if (deafTold || Duration.between(deafSince, now).compareTo(TOLD) < 0) {
            return List.of();
        }
        deafTold = true;
        return List.of(
                "All guests that are looked at fell silent at once, also those whose servers are not being moved: more likely it"
                        + " is the way to them. Until one of them answers this counts as not asked, and no live migration is aborted for it.");
    }

    /** Whether a witness that answered until now falls silent with one that is moved, of which no more is known than that it answered. */
    private static boolean falls(List<Heard> all) {
        return all.stream().anyMatch(guest -> guest.witness && Boolean.TRUE.equals(guest.present))
                && all.stream().anyMatch(guest -> !guest.witness && !Boolean.FALSE.equals(guest.present));
    }

    /**
     * A look at which nobody could be asked.
     *
     * @param why in words
     * @param now when
     * @return what is to be told
     */
    List<String> unasked(String why, Instant now) {
        if (unaskedSince == null) {
            unaskedSince = now;
        }
        if (unaskedTold || Duration.between(unaskedSince, now).compareTo(TOLD) < 0) {
            return List.of();
        }
        unaskedTold = true;
        return List.of(
                "Guests cannot be looked at now: " + why
                        + ". What is not asked does not count: no live migration is aborted for it, and nothing is confirmed by itself for it.");
    }
}
