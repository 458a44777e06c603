package io.jenkins.plugins.nova.step;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.report.data.DrainReport;
import io.jenkins.plugins.nova.step.shown.Reports;
import java.time.Instant;

/** What a step reports of a drain for the build's page, for those who measure that page. */
public final class PageOf {

    private PageOf() {}

    /** The report of a nodeEvacuate step on the cloud {@code prod} in this state. */
    public static DrainReport evacuation(DrainState state, Instant now) {
        return Reports.of("1", "nodeEvacuate", "prod", state, now);
    }
}
