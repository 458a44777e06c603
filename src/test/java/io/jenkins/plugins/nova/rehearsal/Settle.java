package io.jenkins.plugins.nova.rehearsal;

import io.jenkins.plugins.nova.step.ConfirmResizeStep;
import io.jenkins.plugins.nova.step.RevertResizeStep;

/** Writes the two answers to VERIFY_RESIZE as short as a pipeline does. */
public final class Settle {

    private Settle() {}

    /** {@code confirmResize server: server}. */
    public static ConfirmResizeStep confirm(Object server) {
        ConfirmResizeStep step = new ConfirmResizeStep();
        step.setServer(server);
        return step;
    }

    /** {@code revertResize server: server}. */
    public static RevertResizeStep revert(Object server) {
        RevertResizeStep step = new RevertResizeStep();
        step.setServer(server);
        return step;
    }
}
