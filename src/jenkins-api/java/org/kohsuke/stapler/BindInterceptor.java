package org.kohsuke.stapler;

import java.lang.reflect.Type;
import net.sf.json.JSONObject;

public class BindInterceptor {
    public static final Object DEFAULT = new Object();
    public static final BindInterceptor NOOP = new BindInterceptor();

    public BindInterceptor() {}

    public Object onConvert(Type a0, Class a1, Object a2) {
        return DEFAULT;
    }

    public Object instantiate(Class a0, JSONObject a1) {
        return DEFAULT;
    }
}
