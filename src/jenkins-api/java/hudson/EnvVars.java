package hudson;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

public class EnvVars extends TreeMap<String, String> {
    private static final long serialVersionUID = 1;

    public EnvVars() {
        super(String.CASE_INSENSITIVE_ORDER);
    }

    public EnvVars(Map<String, String> a0) {
        this();
        putAll(a0);
    }

    public void override(String a0, String a1) {
        if (a1 == null) {
            remove(a0);
        } else if (a0.indexOf('+') > 0) {
            String name = a0.substring(0, a0.indexOf('+'));
            put(name, get(name) == null ? a1 : a1 + java.io.File.pathSeparator + get(name));
        } else {
            put(a0, a1);
        }
    }

    public EnvVars overrideAll(Map<String, String> a0) {
        a0.forEach(this::override);
        return this;
    }

    public String put(String a0, String a1) {
        return super.put(Objects.requireNonNull(a0), Objects.requireNonNull(a1));
    }
}
