package io.jenkins.plugins.nova.jenkins;

import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** Guests that a real agent looks at, over a real channel, and who may have it do so. */
public class WatchFromTest {

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Before
    public void begin() throws Exception {
        jenkins.waitOnline(jenkins.createSlave("tenant-net", null, null));
    }

    private WorkflowRun run(Result expected, String from) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "maintenance");
        // nobody's address (RFC 5737): it is asked, and does not answer
        job.setDefinition(new CpsFlowDefinition(
                "liveMigrate server: 'web1', watch: [web1: 'tcp://192.0.2.1:9'], watchFrom: '" + from + "'", true));
        try (ACloud cloud = new ACloud(2)) {
            cloud.configure();
            return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0));
        }
    }

    @Test
    public void theAgentConnects() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "tenant-net");
        jenkins.assertLogContains("its guest does not answer at tcp://192.0.2.1:9 before its move (asked ", run);
        jenkins.assertLogNotContains("could not be asked", run);
        jenkins.assertLogNotContains("Guests cannot be looked at", run);
    }

    @Test
    public void anAgentThatIsNotThereIsRefused() throws Exception {
        jenkins.assertLogContains(
                "watchFrom: 'tenant' will not do; this Jenkins has no agent of that name; give 'tenant-net', or 'built-in'",
                run(Result.FAILURE, "tenant"));
    }

    @Test
    public void aBuildMayNotUseAnAgentThatItsUserMayNotBuildOn() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("night"));
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .replace(new MockQueueItemAuthenticator()
                        .authenticate("maintenance", User.getById("night", true).impersonate2()));
        jenkins.assertLogContains(
                "this build may not use that agent (night lacks the permission Agent/Build)",
                run(Result.FAILURE, "tenant-net"));
    }
}
