package io.jenkins.plugins.nova.report.data;

import java.util.Objects;

/**
 * That a step works on a host as a part of a roll.
 *
 * @param id names the roll, on all its hosts and in all builds that go on with it
 * @param key what was rolled: {@code aggregate:rack7}, {@code zone:az1}, or {@code hosts:} and 12 hexadecimal digits
 * @param hosts how many hosts the roll has
 * @param begun whether the turn of this host has come
 */
public record RollMark(String id, String key, int hosts, boolean begun) {
    public RollMark {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(key, "key");
    }
}
