package io.jenkins.plugins.nova.drain.guest;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was heard of a guest as a step returns it: plain maps, strings, numbers and truth values. */
public final class GuestMap {

    private GuestMap() {}

    /**
     * {@code address, before, after, asked, answered, longestSilenceSeconds}. Before and after tell whether it answered; null where
     * that was not found out.
     */
    public static Map<String, Object> of(GuestWatch guest) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("address", guest.address().toString());
        map.put("before", guest.before());
        map.put("after", guest.answersAfter());
        map.put("asked", guest.asked());
        map.put("answered", guest.answered());
        map.put("longestSilenceSeconds", guest.longestSilence().toSeconds());
        return map;
    }
}
