package io.jenkins.plugins.nova.drain.beside;

import io.jenkins.plugins.nova.drain.claim.Claim;
import java.util.Optional;

/**
 * A claim in a text that may be somebody else's: it stands alone, or at the end behind a bar, so that what stood there before can be told
 * from the text alone. A disabled_reason is mostly the former, an agent's description may be the latter.
 */
final class ClaimText {

    private static final String BAR = " | ";

    /**
     * The columns services.disabled_reason (cinder/db/sqlalchemy/models.py) and agents.description (DESCRIPTION_FIELD_SIZE of
     * neutron_lib/db/constants.py).
     */
    private static final int MOST = 255;

    private ClaimText() {}

    /** The claim in a text, as it stands; null where there is none. */
    static String claim(String text) {
        int begin = begin(text);
        return begin < 0 ? null : text.substring(begin);
    }

    /** The text as it was before a claim was written into it; empty for nothing. */
    static String without(String text) {
        int begin = begin(text);
        return text == null ? "" : begin < 0 ? text : text.substring(0, Math.max(0, begin - BAR.length()));
    }

    /**
     * A text with a claim behind it, in place of one that is there.
     *
     * @return empty where both do not fit
     */
    static Optional<String> with(String text, Claim claim) {
        String before = without(text);
        String head = before.isEmpty() ? "" : before + BAR;
        return claim.within(MOST - head.length()).map(tail -> head + tail);
    }

    private static int begin(String text) {
        if (text == null) {
            return -1;
        }
        int last = text.lastIndexOf(BAR + Claim.PREFIX);
        return last >= 0 ? last + BAR.length() : text.startsWith(Claim.PREFIX) ? 0 : -1;
    }
}
