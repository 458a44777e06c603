package org.kohsuke.stapler;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

public interface StaplerRequest2 extends HttpServletRequest {

    <T> List<T> bindJSONToList(Class<T> a0, Object a1);

    BindInterceptor getBindInterceptor();

    BindInterceptor setBindInterceptor(BindInterceptor a0);
}
