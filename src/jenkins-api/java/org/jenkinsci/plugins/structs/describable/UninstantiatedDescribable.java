package org.jenkinsci.plugins.structs.describable;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

public class UninstantiatedDescribable implements Serializable {
    public static final String ANONYMOUS_KEY = "<anonymous>";

    private static final long serialVersionUID = 1L;

    private final String symbol;
    private final TreeMap<String, Object> arguments;

    public UninstantiatedDescribable(String a0, String a1, Map<String, ?> a2) {
        this.symbol = a0;
        this.arguments = new TreeMap<>(a2);
    }

    public String getSymbol() {
        return symbol;
    }

    public Map<String, ?> getArguments() {
        return arguments;
    }

    @Override
    public String toString() {
        return "@" + symbol + arguments;
    }
}
