package io.jenkins.plugins.nova.contract;

import static io.jenkins.plugins.nova.contract.Refusals.assertRefused;
import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.api.Identity;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import org.junit.Rule;
import org.junit.Test;

/** To whom Keystone tells the names of projects and users. */
public class NamesContractTest {

    private static final String NOBODY = "0123456789abcdef0123456789abcdef";
    private static final String DENIED = "You are not authorized to perform the requested action: identity:";

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    @Test
    public void anAdminReadsTheNamesOfThoseWhoseAServerIs() {
        Server server = cloud.admin().server(cloud.bootHere("web"));
        Login.Password owner = cloud.login(CloudUnderTest.Role.BOSS);
        assertEquals(owner.project(), cloud.admin().projectName(server.projectId()));
        assertEquals(owner.user(), cloud.admin().userName(server.userId()));
    }

    @Test
    public void whoIsGoneHasNone() {
        assertRefused(
                404,
                "Could not find project: " + NOBODY + ".",
                () -> cloud.admin().projectName(NOBODY));
        assertRefused(
                404, "Could not find user: " + NOBODY + ".", () -> cloud.admin().userName(NOBODY));
    }

    @Test
    public void aMemberReadsItsOwnAndNoOther() {
        Nova member = cloud.as(CloudUnderTest.Role.MEMBER);
        Identity own = member.identity();
        Identity admin = cloud.admin().identity();
        assertEquals(own.projectName(), member.projectName(own.projectId()));
        assertEquals(own.userName(), member.userName(own.userId()));
        assertRefused(403, DENIED + "get_project.", () -> member.projectName(admin.projectId()));
        assertRefused(403, DENIED + "get_user.", () -> member.userName(admin.userId()));
        assertRefused(403, DENIED + "get_project.", () -> member.projectName(NOBODY));
        assertRefused(403, DENIED + "get_user.", () -> member.userName(NOBODY));
    }
}
