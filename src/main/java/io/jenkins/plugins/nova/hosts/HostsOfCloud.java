package io.jenkins.plugins.nova.hosts;

import hudson.model.Api;
import hudson.model.ModelObject;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The page of a cloud ({@code <root>/openstack-hosts/cloud/<name>/}) and its JSON ({@code …/api/json}), made anew for each request: the last
 * reading as whoever asks may see it. Nothing here waits for the cloud, and nothing changes it.
 */
@ExportedBean
public final class HostsOfCloud implements ModelObject, StaplerProxy {

    private final String cloud;
    private final HostReadings.Seen seen;

    HostsOfCloud(String cloud, HostReadings.Seen seen) {
        this.cloud = cloud;
        this.seen = seen;
    }

    /**
     * Asked by Stapler before anything of the page is.
     *
     * @throws org.springframework.security.access.AccessDeniedException for those who may not see it
     */
    public Object getTarget() {
        Jenkins.get().checkPermission(HostsAction.VIEW_HOSTS);
        return this;
    }

    @Override
    public String getDisplayName() {
        return Messages.HostsOfCloud_DisplayName(cloud);
    }

    /** For the remote API. */
    public Api getApi() {
        return new Api(this);
    }

    /** The cloud's name. */
    @Exported
    public String getCloud() {
        return cloud;
    }

    /** When what is shown was read, in ISO 8601; null while nothing was. */
    @Exported
    public String getReadAt() {
        return seen.reading() == null ? null : seen.reading().at().toString();
    }

    /** How long ago that was; null while nothing was read. */
    @Exported
    public Long getAgeSeconds() {
        Duration age = age();
        return age == null ? null : age.toSeconds();
    }

    private Duration age() {
        if (seen.reading() == null) {
            return null;
        }
        Duration age = Duration.between(seen.reading().at(), seen.now());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Whether it is being read anew just now. */
    @Exported
    public boolean isReading() {
        return seen.readingSince() != null;
    }

    /** Why there is nothing newer, in words; null when the last attempt did not fail. */
    @Exported
    public String getProblem() {
        return seen.problem();
    }

    /** When that attempt ended, in ISO 8601; null likewise. */
    @Exported
    public String getProblemAt() {
        return seen.problemAt() == null ? null : seen.problemAt().toString();
    }

    /** The hosts, by zone and name; empty while nothing was read. */
    @Exported(inline = true)
    public List<HostRow> getHosts() {
        Viewer viewer = new Viewer();
        return seen.reading() == null
                ? List.of()
                : seen.reading().hosts().stream().map(viewer::row).toList();
    }

    /** The servers in VERIFY_RESIZE, the oldest first; empty while nothing was read. */
    @Exported(inline = true)
    public List<WaitingServer> getWaiting() {
        return seen.reading() == null ? List.of() : seen.reading().waiting();
    }

    /** What could not be made sure of, a sentence each. */
    @Exported
    public List<String> getDoubts() {
        return seen.reading() == null ? List.of() : seen.reading().doubts();
    }

    /** The jobs that take a host and that whoever asks may build. */
    @Exported(inline = true)
    public List<MaintenanceJob> getJobs() {
        return new Viewer().jobs();
    }

    /**
     * @return the page's content, escaped already
     */
    public String getFragment() {
        return new HostsPage(this, seen, ZoneId.systemDefault()).fragment();
    }
}
