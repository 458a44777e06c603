package io.jenkins.plugins.nova.drain.guest;

import java.util.List;
import java.util.Map;

/**
 * Who looks at guests: about once a second at each, by threads of its own. Its user tells whom, at each tick; one of whom it has heard
 * nothing for some minutes it may take for gone. Both methods return at once.
 */
public interface GuestWatcher {

    /** Looks at nobody. */
    GuestWatcher NONE = new GuestWatcher() {
        @Override
        public void watch(List<GuestCall> guests) {
            // nobody listens
        }

        @Override
        public Map<String, GuestAnswers> answers() {
            return Map.of();
        }
    };

    /** Looks at these from now on, and at no others. One that is looked at already goes on with its counts. */
    void watch(List<GuestCall> guests);

    /** What was heard so far, by the ids of servers; nothing of one that is not looked at. */
    Map<String, GuestAnswers> answers();
}
