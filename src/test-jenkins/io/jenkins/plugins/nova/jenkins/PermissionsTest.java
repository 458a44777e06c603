package io.jenkins.plugins.nova.jenkins;

import static org.junit.Assert.assertEquals;

import hudson.model.Item;
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

    private int named(WorkflowJob job, String user, HttpMethod method) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withBasicCredentials(user);
        WebRequest request = new WebRequest(new URL(client.getContextPath() + job.getUrl() + CLOUDS), method);
        String json = client.getPage(client.addCrumb(request)).getWebResponse().getContentAsString();
        return json.split("\"sim\"", -1).length > 1 ? 1 : 0;
    }
}
