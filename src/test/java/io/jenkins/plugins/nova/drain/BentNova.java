package io.jenkins.plugins.nova.drain;

import io.jenkins.plugins.nova.api.Listed;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.OddRow;
import io.jenkins.plugins.nova.api.Server;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A cloud of which one kind of answer is bent, at times that a test chooses. */
final class BentNova {

    private final String method;
    private final BiFunction<Integer, Object, Object> bend;
    private int calls;

    /**
     * @param method whose answers are bent
     * @param bend from the number of the call, from 1 on, and the true answer to what is told
     */
    BentNova(String method, BiFunction<Integer, Object, Object> bend) {
        this.method = method;
        this.bend = bend;
    }

    /** How often it was asked. */
    int calls() {
        return calls;
    }

    Nova of(Nova real) {
        InvocationHandler handler = (proxy, called, arguments) -> {
            try {
                Object answer = called.invoke(real, arguments);
                if (!called.getName().equals(method)) {
                    return answer;
                }
                calls++;
                return bend.apply(calls, answer);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (Nova) Proxy.newProxyInstance(BentNova.class.getClassLoader(), new Class<?>[] {Nova.class}, handler);
    }

    /** The list with a row of which nothing can be read. */
    static <T> Listed<T> andOdd(Listed<T> list, OddRow.Kind kind) {
        return new Listed<>(list, List.of(new OddRow(kind, "", "", "its 'id' is not a text")));
    }

    /** The list with one row changed. */
    static <T> Listed<T> changed(Listed<T> list, int row, UnaryOperator<T> change) {
        List<T> rows = new ArrayList<>(list);
        rows.set(row, change.apply(rows.get(row)));
        return new Listed<>(rows, list.setAside());
    }

    /** As {@link Listed}s of servers are when one row of them tells an id alone. */
    static Listed<Server> unknown(Listed<Server> list, int row) {
        Listed<Server> changed = changed(list, row, Server::unknown);
        return new Listed<>(
                changed,
                List.of(new OddRow(
                        OddRow.Kind.SERVER, changed.get(row).id(), "", "its cell does not answer (status UNKNOWN)")));
    }
}
