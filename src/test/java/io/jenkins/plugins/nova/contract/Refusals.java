package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import io.jenkins.plugins.nova.api.NovaException;
import org.junit.function.ThrowingRunnable;

/** How Nova says no. */
final class Refusals {
    private Refusals() {}

    /** The call is answered with this status and these very words. */
    static NovaException.Refused assertRefused(int status, String message, ThrowingRunnable call) {
        NovaException.Refused refused = assertThrows(NovaException.Refused.class, call);
        assertEquals(status + " " + message, refused.status() + " " + refused.novaMessage());
        return refused;
    }
}
