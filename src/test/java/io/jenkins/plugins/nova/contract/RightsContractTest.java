package io.jenkins.plugins.nova.contract;

import static io.jenkins.plugins.nova.contract.Refusals.assertRefused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.MigrationQuery;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import org.junit.Rule;
import org.junit.Test;

/** Who may do what, and what is said to the others. */
public class RightsContractTest {
    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    @Test
    public void aWrongPasswordIsNotLetInAndNotRepeated() {
        Login.Password login = cloud.login(CloudUnderTest.Role.ADMIN);
        Nova nova = cloud.connect(CloudUnderTest.password(login.user(), "wr0ng-p4ssword", login.project()));
        NovaException.NotAuthenticated e = assertThrows(NovaException.NotAuthenticated.class, nova::identity);
        assertFalse(e.toString(), e.toString().contains("wr0ng-p4ssword"));
        assertThrows(NovaException.NotAuthenticated.class, nova::computeServices);
    }

    @Test
    public void anUnknownProjectIsNotLetIn() {
        Login.Password login = cloud.login(CloudUnderTest.Role.ADMIN);
        Nova nova = cloud.connect(CloudUnderTest.password(login.user(), login.password(), "nosuch"));
        assertThrows(NovaException.NotAuthenticated.class, nova::identity);
    }

    @Test
    public void aMembersTokenSeesItsOwnServersAndMovesNone() {
        String id = cloud.bootHere("web");
        Nova member = cloud.as(CloudUnderTest.Role.MEMBER);
        assertFalse(member.seesAllProjects());
        Server server = member.server(id);
        assertEquals("ACTIVE", server.status());
        assertEquals(null, server.host());
        assertRefused(
                403,
                "Policy doesn't allow os_compute_api:os-migrate-server:migrate_live to be performed.",
                () -> member.liveMigrate(id, null, BlockMigration.AUTO));
        assertRefused(
                403,
                "Policy doesn't allow os_compute_api:os-migrate-server:migrate to be performed.",
                () -> member.migrate(id, null));
        assertRefused(
                403,
                "Policy doesn't allow os_compute_api:os-evacuate to be performed.",
                () -> member.evacuate(id, null));
        assertRefused(
                403, "Policy doesn't allow os_compute_api:os-services:list to be performed.", member::computeServices);
        assertRefused(
                403,
                "Policy doesn't allow os_compute_api:os-migrations:index to be performed.",
                () -> member.migrations(MigrationQuery.ALL));
        assertRefused(
                403,
                "Policy doesn't allow os_compute_api:os-hypervisors:list-detail to be performed.",
                member::hypervisors);
        assertRefused(
                403,
                "Policy doesn't allow os_compute_api:servers:detail:get_all_tenants to be performed.",
                () -> member.serversOn(cloud.host(1)));
        String service = cloud.service(cloud.host(1)).id();
        assertRefused(
                403,
                "Policy doesn't allow os_compute_api:os-services:update to be performed.",
                () -> member.disableService(service, "contract"));
        assertTrue(cloud.service(cloud.host(1)).enabled());
    }

    @Test
    public void aStrangersServerDoesNotExist() {
        String id = cloud.bootHere("web");
        Nova stranger = cloud.as(CloudUnderTest.Role.STRANGER);
        assertRefused(404, "Instance " + id + " could not be found.", () -> stranger.server(id));
    }

    @Test
    public void anUnknownServerIsRefusedInEveryCall() {
        String unknown = "00000000-0000-4000-8000-000000000000";
        String message = "Instance " + unknown + " could not be found.";
        Nova admin = cloud.admin();
        assertRefused(404, message, () -> admin.server(unknown));
        assertRefused(404, message, () -> admin.liveMigrate(unknown, null, BlockMigration.AUTO));
        assertRefused(404, message, () -> admin.migrate(unknown, null));
        assertRefused(404, message, () -> admin.confirmResize(unknown));
        assertRefused(404, message, () -> admin.revertResize(unknown));
        assertRefused(404, message, () -> admin.evacuate(unknown, null));
        assertRefused(404, message, () -> admin.serverMigrations(unknown));
        assertRefused(404, message, () -> admin.actions(unknown));
        assertRefused(404, message, () -> admin.abortMigration(unknown, 1));
        assertRefused(404, message, () -> admin.forceComplete(unknown, 1));
    }

    @Test
    public void anUnknownFlavorAndAnUnknownActionAreRefused() {
        String id = cloud.bootHere("web");
        assertRefused(
                404, "Flavor nosuch could not be found.", () -> cloud.admin().flavor("nosuch"));
        String request = "req-00000000-0000-4000-8000-000000000000";
        assertRefused(
                404, "Action " + request + " not found", () -> cloud.admin().action(id, request));
    }
}
