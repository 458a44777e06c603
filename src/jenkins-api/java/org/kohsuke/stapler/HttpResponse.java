package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import java.io.IOException;

public interface HttpResponse {
    default void generateResponse(StaplerRequest2 a0, StaplerResponse2 a1, Object a2)
            throws IOException, ServletException {
        throw new UnsupportedOperationException();
    }
}
