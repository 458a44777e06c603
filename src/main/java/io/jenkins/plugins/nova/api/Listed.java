package io.jenkins.plugins.nova.api;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * A list as a cloud tells it: the rows that could be read, and those that were set aside because they could not be read
 * wholly. A row whose likeness is known is in both: in the list as the unknown thing that it is ({@link Server#known},
 * {@link ComputeService#known}), and set aside with what is wrong with it.
 *
 * <p>That something is not in a list proves nothing as long as rows of it are set aside.
 *
 * @param <T> what the list is of
 */
public final class Listed<T> extends AbstractList<T> implements RandomAccess {

    private final List<T> rows;
    private final List<OddRow> setAside;

    /**
     * @param rows what could be read, in the cloud's order; no nulls
     * @param setAside what could not
     */
    public Listed(List<T> rows, List<OddRow> setAside) {
        this.rows = List.copyOf(rows);
        this.setAside = List.copyOf(setAside);
    }

    /** A list of which nothing was set aside. */
    public static <T> Listed<T> of(List<T> rows) {
        return new Listed<>(rows, List.of());
    }

    /** The rows that could not be read wholly; not modifiable. */
    public List<OddRow> setAside() {
        return setAside;
    }

    @Override
    public T get(int index) {
        return rows.get(index);
    }

    @Override
    public int size() {
        return rows.size();
    }

    /** As lists are equal: by what is in them. */
    @Override
    public boolean equals(Object other) {
        return rows.equals(other);
    }

    @Override
    public int hashCode() {
        return rows.hashCode();
    }
}
