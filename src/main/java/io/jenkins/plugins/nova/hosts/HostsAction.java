package io.jenkins.plugins.nova.hosts;

import hudson.Extension;
import hudson.Util;
import hudson.model.RootAction;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.nova.cloud.CloudSessions;
import io.jenkins.plugins.nova.cloud.NovaCloud;
import io.jenkins.plugins.nova.cloud.NovaClouds;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerProxy;

/**
 * The page "OpenStack hosts" on the dashboard ({@code <root>/openstack-hosts/}), with a page for each configured cloud below it
 * ({@link HostsOfCloud}). For those alone who have {@link #VIEW_HOSTS}.
 */
@Extension
public final class HostsAction implements RootAction, StaplerProxy {

    /** The page's address below Jenkins's root. */
    public static final String URL_NAME = "openstack-hosts";

    /** What this plugin's permissions stand under. */
    public static final PermissionGroup PERMISSIONS =
            new PermissionGroup(HostsAction.class, Messages._HostsAction_Permissions());

    /**
     * To see how the hosts of every configured cloud stand. Of its own: the pages tell what the clouds' own credentials see, names
     * of other people's servers among it, which whoever may only look at Jenkins, or build one job, was not given.
     */
    public static final Permission VIEW_HOSTS = new Permission(
            PERMISSIONS, "ViewHosts", Messages._HostsAction_ViewHosts(), Jenkins.ADMINISTER, PermissionScope.JENKINS);

    /** What a cloud's name may be made of to stand in an address as it is. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    private static final String CODED = "~";

    private final HostReadings readings;

    /** Called by Jenkins, once. */
    public HostsAction() {
        this(new HostReadings(
                Clock.systemUTC(),
                Executors.newCachedThreadPool(new NamingThreadFactory(
                        new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), "nova-maintenance-hosts")),
                cloud -> new HostReader(CloudSessions.openAsJenkins(cloud), Clock.systemUTC(), Holder::of).read()));
    }

    HostsAction(HostReadings readings) {
        this.readings = readings;
    }

    /** {@inheritDoc} No link for those who may not see the page, nor where there is nothing to see. */
    @Override
    public String getIconFileName() {
        return maySee() && !NovaClouds.get().getClouds().isEmpty() ? "symbol-computer" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.HostsAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return URL_NAME;
    }

    /**
     * Asked by Stapler before anything of the page is.
     *
     * @throws org.springframework.security.access.AccessDeniedException for those who may not see it
     */
    public Object getTarget() {
        Jenkins.get().checkPermission(VIEW_HOSTS);
        return this;
    }

    private static boolean maySee() {
        return Jenkins.get().hasPermission(VIEW_HOSTS);
    }

    /**
     * The page of a cloud. Opening it has the cloud read, unless that was done a minute ago.
     *
     * @param address as {@link #address} makes it of the cloud's name
     * @return null where there is no such cloud
     * @throws org.springframework.security.access.AccessDeniedException for those who may not see it
     */
    public HostsOfCloud getCloud(String address) {
        Jenkins.get().checkPermission(VIEW_HOSTS);
        List<NovaCloud> clouds = NovaClouds.get().getClouds();
        readings.keepOnly(clouds.stream().map(NovaCloud::getName).toList());
        return clouds.stream()
                .filter(cloud -> address(cloud.getName()).equals(address))
                .findFirst()
                .map(cloud -> new HostsOfCloud(cloud.getName(), readings.look(cloud)))
                .orElse(null);
    }

    /** What a cloud is called in its page's address: names may hold slashes, which servers before Jenkins refuse even when encoded. */
    static String address(String name) {
        return PLAIN.matcher(name).matches()
                ? name
                : CODED + HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @return the list of clouds, escaped already
     */
    public String getFragment() {
        List<Html> links = NovaClouds.get().getClouds().stream()
                .map(cloud -> Html.tag("li")
                        .around(Html.tag("a")
                                .with("href", "cloud/" + Util.rawEncode(address(cloud.getName())) + "/")
                                .around(Html.tag("bdi").around(cloud.getName()))))
                .toList();
        return Html.element(
                        "div",
                        "nova-hosts",
                        links.isEmpty()
                                ? Html.element("p", "nova-hosts-soft", Html.text(Messages.HostsAction_NoClouds()))
                                : Html.element("ul", "nova-hosts-clouds", Html.of(links.stream())))
                .toString();
    }
}
