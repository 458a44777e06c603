package io.jenkins.plugins.nova.jenkins;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import hudson.model.Item;
import io.jenkins.plugins.nova.hosts.HostsAction;
import java.net.URL;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Forms tell nothing to those who may not configure, and take no GET: to Stapler, @POST leaves nothing there for it. */
public class PermissionsTest {

    private static final String CLOUDS =
            "descriptorByName/io.jenkins.plugins.nova.step.NodeEvacuateStep/fillCloudItems";

    private static final String IMPORT = "descriptorByName/io.jenkins.plugins.nova.cloud.NovaClouds/import";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Test
    public void onlyWhoMayConfigureTheJobSeesTheClouds() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("author"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "maintenance");
        try (ACloud cloud = new ACloud(1)) {
            cloud.configure();
            assertEquals(1, named(job, "author", HttpMethod.POST));
            assertEquals(0, named(job, "reader", HttpMethod.POST));
            jenkins.createWebClient().withBasicCredentials("author").assertFails(job.getUrl() + CLOUDS, 404);
            jenkins.createWebClient().withBasicCredentials("author").assertFails(IMPORT, 403);
        }
    }

    @Test
    public void onlyWhoMayViewHostsGetsTheirPagesAndTheLinkToThem() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CONFIGURE)
                .everywhere()
                .to("author")
                .grant(Jenkins.READ, HostsAction.VIEW_HOSTS)
                .everywhere()
                .to("watch"));
        try (ACloud cloud = new ACloud(1)) {
            cloud.configure();
            for (String page : new String[] {"", "cloud/sim/", "cloud/sim/fragment", "cloud/sim/api/json"}) {
                jenkins.createWebClient().withBasicCredentials("author").assertFails(HostsAction.URL_NAME + "/" + page, 403);
            }
            assertFalse(text("author", "", "text/html").contains(HostsAction.URL_NAME));
            assertTrue(text("watch", "", "text/html").contains(HostsAction.URL_NAME));
            assertTrue(text("watch", HostsAction.URL_NAME + "/cloud/sim/", "text/html")
                    .contains("nova-hosts"));
            assertTrue(text("watch", HostsAction.URL_NAME + "/cloud/sim/api/json", "application/json")
                    .contains("\"cloud\":\"sim\""));
        }
    }

    private String text(String user, String page, String type) throws Exception {
        return jenkins.createWebClient()
                .withBasicCredentials(user)
                .goTo(page, type)
                .getWebResponse()
                .getContentAsString();
    }

    private int named(WorkflowJob job, String user, HttpMethod method) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withBasicCredentials(user);
        WebRequest request = new WebRequest(new URL(client.getContextPath() + job.getUrl() + CLOUDS), method);
        String json = client.getPage(client.addCrumb(request)).getWebResponse().getContentAsString();
        return json.split("\"sim\"", -1).length > 1 ? 1 : 0;
    }
}
