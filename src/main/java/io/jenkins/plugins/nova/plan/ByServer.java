package io.jenkins.plugins.nova.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A list of which each element is about servers, found by a server's id without a walk through the list: a host may have
 * thousands of servers, and each of them is looked for at each tick. Immutable.
 *
 * @param <T> what the list is of
 */
public final class ByServer<T> {

    private final List<T> all;
    private final Map<String, List<T>> found = new HashMap<>();

    private ByServer(Collection<? extends T> all, Function<? super T, ? extends Collection<String>> ids) {
        this.all = List.copyOf(all);
        for (T one : this.all) {
            for (String id : ids.apply(one)) {
                found.computeIfAbsent(id, unseen -> new ArrayList<>(1)).add(one);
            }
        }
    }

    /**
     * A list of which each element is about one server.
     *
     * @param all in their order; none is null
     * @param id the id of the server that an element is about; never null
     * @param <T> what the list is of
     */
    public static <T> ByServer<T> one(Collection<? extends T> all, Function<? super T, String> id) {
        return new ByServer<>(all, element -> List.of(id.apply(element)));
    }

    /**
     * A list of which each element is about several servers, or none.
     *
     * @param all in their order; none is null
     * @param ids the ids of the servers that an element is about, each once
     * @param <T> what the list is of
     */
    static <T> ByServer<T> many(Collection<? extends T> all, Function<? super T, ? extends Collection<String>> ids) {
        return new ByServer<>(all, ids);
    }

    /** The whole list, in its order. */
    public List<T> all() {
        return all;
    }

    /**
     * What is about a server.
     *
     * @param id the server's
     * @return in the order of the list; empty when nothing is
     */
    public List<T> of(String id) {
        List<T> mine = found.get(id);
        return mine == null ? List.of() : List.copyOf(mine);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByServer<?> that && all.equals(that.all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
