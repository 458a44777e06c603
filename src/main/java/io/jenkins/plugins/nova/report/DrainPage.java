package io.jenkins.plugins.nova.report;

import hudson.model.Run;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.GET;

/**
 * The page of one host of a roll ({@code <build>/host-maintenance/drain/<id>/}): its drain as the build's page shows that of a
 * build without a roll. Reached through the build's page only, so whoever may see the run may see this.
 */
public final class DrainPage {

    private final HostMaintenanceAction action;
    private final String id;

    DrainPage(HostMaintenanceAction action, String id) {
        this.action = action;
        this.id = id;
    }

    /** For the page's title and side panel. */
    public String getDisplayName() {
        return HostMaintenanceAction.TITLE;
    }

    /** For the page's side panel and title. */
    public Run<?, ?> getRun() {
        return action.getRun();
    }

    /**
     * @return the page's content, escaped already
     */
    public String getFragment() {
        return action.shown(id, null);
    }

    /**
     * As of {@link HostMaintenanceAction#doChanges}.
     *
     * @return pieces of the page, escaped already, as text
     */
    @GET
    public HttpResponse doChanges(@QueryParameter String since) {
        return HttpResponses.text(action.shown(id, since));
    }
}
