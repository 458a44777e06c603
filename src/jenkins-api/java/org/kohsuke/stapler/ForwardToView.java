package org.kohsuke.stapler;

import java.util.HashMap;
import java.util.Map;

public class ForwardToView extends RuntimeException implements HttpResponse {
    private final transient Map<String, Object> attributes = new HashMap<>();

    public ForwardToView(Object a0, String a1) {
        super("forward to " + a1 + " of " + a0);
    }

    public ForwardToView with(String a0, Object a1) {
        attributes.put(a0, a1);
        return this;
    }
}
