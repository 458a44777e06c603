package io.jenkins.plugins.nova.hosts;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.CordonReason;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** Whoever looks at the page: which builds and jobs that one may see. To be used on the thread of the request. */
final class Viewer {

    /** More would be no help on the row of a host. */
    private static final int MOST_JOBS = 20;

    /** Begins the reason where nova-compute disabled itself (nova/virt/libvirt/driver.py, DISABLE_PREFIX). */
    private static final String BY_ITSELF = "AUTO: ";

    private static final String FAILED = "failed: ";

    private final Jenkins jenkins = Jenkins.get();

    /** A host as this viewer may know it. */
    HostRow row(ReadHost host) {
        Holder holder = host.holder();
        String state = !host.known() ? HostRow.UNKNOWN : host.up() ? "up" : "down";
        String status = !host.known() ? HostRow.UNKNOWN : host.enabled() ? "enabled" : "disabled";
        String kind = null;
        String closedFor = null;
        String name = null;
        String url = null;
        String failure = null;
        String reason = null;
        Boolean running = null;
        if (host.closed() && holder != null) {
            Run<?, ?> build = build(holder);
            boolean may = mayName(holder, build);
            kind = HostRow.BUILD;
            closedFor = holder.claim().why();
            reason = told(host.reason(), may);
            name = !may
                    ? Claim.UNSEEN
                    : certain(holder, build)
                            ? build.getExternalizableId()
                            : holder.claim().build();
            if (may && certain(holder, build)) {
                running = build.isBuilding();
                url = build.getAction(HostMaintenanceAction.class) == null
                        ? build.getUrl()
                        : HostMaintenanceAction.url(build);
            }
            failure = may && CordonReason.tellsFailure(host.reason())
                    ? host.reason().substring(host.reason().indexOf(FAILED) + FAILED.length())
                    : null;
        } else if (host.closed()) {
            reason = host.reason();
            closedFor = reason;
            kind = reason != null && reason.startsWith(BY_ITSELF) ? HostRow.NOVA_COMPUTE : HostRow.PERSON;
        }
        return new HostRow(
                host.host(),
                host.zone(),
                host.aggregates(),
                state,
                status,
                host.known() && host.forcedDown(),
                host.lastReport(),
                kind == null || holder == null ? null : holder.claim().since(),
                kind,
                name,
                url,
                running,
                closedFor,
                failure,
                reason,
                host.servers(),
                host.statuses());
    }

    private static boolean certain(Holder holder, Run<?, ?> build) {
        return build != null && holder.certain();
    }

    /** As Jenkins itself: whether it may be told is asked next. */
    private static Run<?, ?> build(Holder holder) {
        if (holder.build() == null) {
            return null;
        }
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            return Run.fromExternalizableId(holder.build());
        } catch (IllegalArgumentException e) {
            return null; // somebody has written into the reason
        }
    }

    /**
     * One of another controller is named: nobody here could be asked who may see it. One of this controller that is not found any
     * more counts as one that may not be seen.
     */
    private boolean mayName(Holder holder, Run<?, ?> build) {
        return jenkins.hasPermission(Jenkins.ADMINISTER)
                || (build == null ? !holder.here() : build.getParent().hasPermission(Item.READ));
    }

    private static String told(String reason, boolean may) {
        return new Holders() {
            @Override
            public Holding of(Claim claim) {
                return Holding.UNKNOWN;
            }

            @Override
            public boolean mayName(Claim claim) {
                return may;
            }
        }.told(reason);
    }

    /** The jobs with a parameter HOST that this viewer may build, by name. */
    List<MaintenanceJob> jobs() {
        boolean prefills = jenkins.getPlugin("build-with-parameters") != null;
        return jenkins.getAllItems(Job.class).stream()
                .filter(job -> job.hasPermission(Item.READ) && job.hasPermission(Item.BUILD) && job.isBuildable())
                .flatMap(job -> job((Job<?, ?>) job, prefills).stream())
                .sorted(Comparator.comparing(MaintenanceJob::name))
                .limit(MOST_JOBS)
                .toList();
    }

    private static Optional<MaintenanceJob> job(Job<?, ?> job, boolean prefills) {
        ParametersDefinitionProperty parameters = job.getProperty(ParametersDefinitionProperty.class);
        if (parameters == null) {
            return Optional.empty();
        }
        List<String> names = parameters.getParameterDefinitionNames();
        return called("HOST", names)
                .map(host -> new MaintenanceJob(
                        job.getFullName(),
                        job.getUrl(),
                        host,
                        called("CLOUD", names).orElse(null),
                        prefills));
    }

    private static Optional<String> called(String wanted, List<String> names) {
        return Stream.concat(
                        names.stream().filter(wanted::equals), names.stream().filter(wanted::equalsIgnoreCase))
                .findFirst();
    }
}
