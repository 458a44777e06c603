package io.jenkins.plugins.nova.telemetry;

/** What a {@link DrainListener} is told. */
sealed interface DrainEvent permits ClosedHost, EndedServer, EndedHost {

    /** Calls the listener's method for it. */
    void tell(DrainListener listener);
}
