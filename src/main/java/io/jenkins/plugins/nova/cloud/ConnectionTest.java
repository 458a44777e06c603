package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.security.ACL;
import hudson.util.FormValidation;
import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.MicroversionRange;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Resources;
import io.jenkins.plugins.nova.api.openstack4j.OpenStackNova;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * What the button "Test connection" finds out: who we are to the cloud, what it offers, and which of the things that the
 * steps do it refuses. Nothing is changed: what can be tried only on a server is not tried, and said so.
 */
final class ConnectionTest {

    private static final Resources A_LITTLE = new Resources(1, 1, 0);

    /** Less is what any two clocks differ by. */
    private static final Duration CLOCKS_AGREE = Duration.ofSeconds(30);

    private final Nova nova;
    private final List<String> refused = new ArrayList<>();

    private ConnectionTest(Nova nova) {
        this.nova = nova;
    }

    /** Tries a cloud as the form has it, with the credential that Jenkins itself would find. */
    static FormValidation of(NovaCloud cloud) {
        String problem = CloudRules.firstProblem(cloud);
        if (problem != null) {
            return FormValidation.error(problem);
        }
        if (cloud.getCredentialsId() == null) {
            return FormValidation.error("credentialsId: choose a credential to test the connection with");
        }
        try {
            Login login = OpenStackCredentials.login(credential(cloud), cloud, "credentialsId");
            OpenStackNova session = CloudSessions.once(cloud.endpoint(), login, cloud.transport());
            try {
                return of(session);
            } finally {
                session.letGo();
            }
        } catch (CloudProblem | NovaException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Tries a session. */
    static FormValidation of(Nova nova) {
        return new ConnectionTest(nova).result();
    }

    /** What keeps the credential of this cloud from being used, or null. */
    static String credentialProblem(NovaCloud cloud) {
        if (cloud.getCredentialsId() == null) {
            return null;
        }
        try {
            OpenStackCredentials.login(credential(cloud), cloud, "credentialsId");
            return null;
        } catch (CloudProblem e) {
            return e.getMessage();
        }
    }

    /**
     * The credential that a cloud names, as Jenkins itself finds it.
     *
     * @param cloud names one
     * @throws CloudProblem when there is none of that id for the cloud's address
     */
    static StandardCredentials credential(NovaCloud cloud) {
        StandardCredentials found = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class,
                        Jenkins.get(),
                        ACL.SYSTEM2,
                        OpenStackCredentials.requirements(cloud.getIdentityUrl())),
                CredentialsMatchers.withId(cloud.getCredentialsId()));
        if (found == null) {
            throw new CloudProblem("credentialsId: there is no credential '" + cloud.getCredentialsId()
                    + "' for this address in Jenkins's own store; add one under Manage Jenkins » Credentials of the kind "
                    + OpenStackCredentials.KINDS + ", in a domain that includes the address");
        }
        return found;
    }

    private FormValidation result() {
        Identity who = nova.identity();
        MicroversionRange speaks = nova.microversions();
        String reached = "Logged in as user " + who.userName() + " of project " + who.projectName() + " (roles: "
                + String.join(", ", who.roles()) + "). Region " + who.region() + ", Compute API " + speaks.min()
                + " to "
                + speaks.max() + ", " + services() + ", " + placement() + "."
                + nova.elsewhere().stream().map(where -> "\n" + where).collect(Collectors.joining());
        if (speaks.max().compareTo(MicroversionRange.OLDEST_USABLE) < 0) {
            return FormValidation.error(reached + "\nThis cloud is too old: the steps need Compute API "
                    + MicroversionRange.OLDEST_USABLE + " (OpenStack Pike) or newer.");
        }
        tryTheRest();
        String doubts = doubts();
        if (refused.isEmpty() && !doubts.isEmpty()) {
            return FormValidation.warning(reached + doubts + "\nIt may see all projects and disable compute services.");
        }
        if (refused.isEmpty()) {
            return FormValidation.ok(
                    reached + "\nIt may see all projects and disable compute services. Whether it may move"
                            + " servers shows only on a server; a dry run of a step tells more.");
        }
        return FormValidation.warning(reached + doubts + "\nThis credential may not do what the steps need:\n- "
                + String.join("\n- ", refused)
                + "\nGive it the role admin in its project, or roles and policies that allow these calls.");
    }

    /** What is worth a second look though it works. */
    private String doubts() {
        List<String> doubts = new ArrayList<>(nova.inTheClear());
        Duration off = nova.clockOffset();
        if (off.abs().compareTo(CLOCKS_AGREE) > 0) {
            doubts.add(
                    "The cloud's clock is " + off.abs().toSeconds() + " s " + (off.isNegative() ? "behind" : "ahead of")
                            + " this Jenkins's. The steps allow for it; set the one that is wrong right all the same.");
        }
        return doubts.stream().map(doubt -> "\n" + doubt).collect(Collectors.joining());
    }

    private String services() {
        List<ComputeService> services = allowed("list compute services", nova::computeServices);
        return services == null
                ? "compute services unknown"
                : services.size() + " compute services ("
                        + services.stream().filter(ComputeService::up).count() + " up)";
    }

    /** Steps do without it, and then know less about room. */
    private String placement() {
        try {
            return allowed("ask Placement for room", () -> nova.allocationCandidates(A_LITTLE, Set.of())) == null
                    ? "Placement unknown"
                    : "Placement answers";
        } catch (NovaException.Missing e) {
            return "no Placement to ask for room (" + e.getMessage() + ")";
        }
    }

    private void tryTheRest() {
        Boolean all = allowed("see the servers of all projects", nova::seesAllProjects);
        if (Boolean.FALSE.equals(all)) {
            refused.add("see the servers of all projects: an empty host could not be told from one full of other"
                    + " people's servers");
        }
        allowed("list hypervisors", nova::hypervisors);
        allowed("list migrations of all projects", () -> nova.migrations(MigrationQuery.ALL.since(Instant.now())));
        allowed("list server groups of all projects", nova::serverGroups);
        allowed("list aggregates", nova::aggregates);
        allowed("disable compute services", () -> {
            disableNothing();
            return true;
        });
    }

    /** Nova looks at the policy first and for the service second: a random id is answered 403 or 404. */
    private void disableNothing() {
        try {
            nova.disableService(UUID.randomUUID().toString(), "connection test");
        } catch (NovaException.Refused e) {
            if (e.status() != 404) {
                throw e;
            }
        }
    }

    /**
     * The answer, or null after noting that it is not allowed. Anything but "not allowed" ends the test. A call that an
     * application credential's access rules leave out is answered 401 by keystonemiddleware, and so is every call where
     * the service has no service_type in its [keystone_authtoken] to find the rules by.
     */
    private <T> T allowed(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (NovaException.Refused e) {
            if (e.status() != 403) {
                throw e;
            }
            refused.add(what + ": " + e.novaMessage());
            return null;
        } catch (NovaException.NotAuthenticated e) {
            refused.add(what + ": " + e.getMessage() + " (the login itself was accepted: see the access rules of the"
                    + " application credential)");
            return null;
        }
    }
}
