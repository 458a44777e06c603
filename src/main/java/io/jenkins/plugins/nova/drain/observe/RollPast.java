package io.jenkins.plugins.nova.drain.observe;

import java.util.List;
import java.util.Set;

/**
 * What earlier builds have come to with a roll that is gone on with.
 *
 * @param done hosts that are done
 * @param failed hosts that were begun and did not end well
 */
public record RollPast(Set<String> done, List<String> failed) {

    /** Of a roll that begins. */
    public static final RollPast NONE = new RollPast(Set.of(), List.of());

    public RollPast {
        done = Set.copyOf(done);
        failed = List.copyOf(failed);
    }
}
