package io.jenkins.plugins.nova.jenkins;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.util.Secret;
import io.jenkins.plugins.nova.cloud.NovaCloud;
import io.jenkins.plugins.nova.cloud.NovaClouds;
import io.jenkins.plugins.nova.cloud.OpenStackApplicationCredentials;
import io.jenkins.plugins.nova.cloud.OpenStackPasswordCredentials;
import io.jenkins.plugins.nova.step.ColdMigrateStep;
import io.jenkins.plugins.nova.step.ConfirmResizeStep;
import io.jenkins.plugins.nova.step.DeadHost;
import io.jenkins.plugins.nova.step.LiveMigrateStep;
import io.jenkins.plugins.nova.step.MaintenancePlanStep;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import io.jenkins.plugins.nova.step.NodeMaintenanceStep;
import io.jenkins.plugins.nova.step.NodeReturnStep;
import io.jenkins.plugins.nova.step.RevertResizeStep;
import io.jenkins.plugins.nova.step.WithOpenStackStep;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What is entered in a form is what is saved, and the snippet is the one a person would write. */
public class FormsTest {

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Test
    public void everyStepComesBackFromItsForm() throws Exception {
        NodeEvacuateStep evacuate = new NodeEvacuateStep("compute1");
        evacuate.setConcurrency(4);
        evacuate.setOnTimeout("forceComplete");
        evacuate.setBlockMigration(true);
        evacuate.setJunitReport("drain.xml");
        evacuate.setPropagate(false);
        ConfirmResizeStep confirm = new ConfirmResizeStep();
        confirm.setServer("web1");
        RevertResizeStep revert = new RevertResizeStep();
        revert.setHost("compute1");
        NodeReturnStep back = new NodeReturnStep("compute1");
        back.setReadyTimeout(90);
        for (Step step : List.of(
                new NodeEvacuateStep("compute1"),
                evacuate,
                new LiveMigrateStep("web1"),
                new ColdMigrateStep("web1"),
                confirm,
                revert,
                new MaintenancePlanStep("compute1"),
                new NodeMaintenanceStep("compute1"),
                back,
                new WithOpenStackStep())) {
            jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
        }
    }

    @Test
    public void snippetsLeaveDefaultsOut() throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        snippets.assertRoundTrip(new NodeEvacuateStep("compute1"), "nodeEvacuate 'compute1'");
        NodeEvacuateStep rescue = new NodeEvacuateStep("compute1");
        DeadHost dead = new DeadHost();
        dead.setFenced(true);
        rescue.setDeadHost(dead);
        snippets.assertRoundTrip(rescue, "nodeEvacuate deadHost: deadHost(fenced: true), host: 'compute1'");
        ConfirmResizeStep confirm = new ConfirmResizeStep();
        confirm.setHost("compute1");
        snippets.assertRoundTrip(confirm, "confirmResize host: 'compute1'");
        snippets.assertRoundTrip(
                new NodeMaintenanceStep("compute1"), "nodeMaintenance('compute1') {\n    // some block\n}");
        WithOpenStackStep bound = new WithOpenStackStep();
        bound.setCloud("sim");
        snippets.assertRoundTrip(bound, "withOpenStack(cloud: 'sim') {\n    // some block\n}");
    }

    @Test
    public void theReferenceCanBeGenerated() throws Exception {
        for (Class<? extends Step> step : List.of(
                NodeEvacuateStep.class, ConfirmResizeStep.class, NodeMaintenanceStep.class, WithOpenStackStep.class)) {
            SnippetizerTester.assertDocGeneration(step);
        }
    }

    @Test
    public void cloudsSurviveSavedFormAfterSavedForm() throws Exception {
        try (ACloud cloud = new ACloud(1)) {
            cloud.configure();
            NovaCloud before = NovaClouds.get().getClouds().get(0);
            jenkins.configRoundtrip();
            jenkins.configRoundtrip();
            assertEquals(1, NovaClouds.get().getClouds().size());
            jenkins.assertEqualDataBoundBeans(
                    before, NovaClouds.get().getClouds().get(0));
        }
    }

    @Test
    public void credentialsSurviveTheirForms() throws Exception {
        Secret secret = Secret.fromString(ACloud.SECRET);
        for (StandardCredentials before : List.of(
                new OpenStackPasswordCredentials(CredentialsScope.GLOBAL, "password", "", "operator", secret, "ops"),
                new OpenStackApplicationCredentials(CredentialsScope.GLOBAL, "application", "", "0123", secret))) {
            SystemCredentialsProvider.getInstance().getCredentials().add(before);
            HtmlPage form = jenkins.createWebClient()
                    .goTo("manage/credentials/store/system/domain/_/credential/" + before.getId() + "/update");
            assertFalse(form.asXml().contains(ACloud.SECRET));
            jenkins.submit(form.getFormByName("update"));
            jenkins.assertEqualDataBoundBeans(
                    before,
                    CredentialsMatchers.firstOrNull(
                            SystemCredentialsProvider.getInstance().getCredentials(),
                            CredentialsMatchers.withId(before.getId())));
        }
    }

    @Test
    public void theImportPageIsShown() throws Exception {
        jenkins.createWebClient().goTo("descriptorByName/" + NovaClouds.class.getName() + "/import");
    }
}
