package io.jenkins.plugins.nova.simulator;

import java.util.ArrayList;
import java.util.List;

/** What an Alertmanager has. Guarded by the lock of its cloud's time. */
final class SimAlertmanager {
    /** What a request's Authorization must be; null for anything. */
    final String basic;

    final List<SimSilence> silences = new ArrayList<>();

    SimAlertmanager(String basic) {
        this.basic = basic;
    }
}
