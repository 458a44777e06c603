package io.jenkins.plugins.nova.jenkins;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.cloud.NovaClouds;
import io.jenkins.plugins.nova.step.ColdMigrateStep;
import io.jenkins.plugins.nova.step.ConfirmResizeStep;
import io.jenkins.plugins.nova.step.LiveMigrateStep;
import io.jenkins.plugins.nova.step.NodeEvacuateStep;
import io.jenkins.plugins.nova.step.RevertResizeStep;
import java.util.List;
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
    public void stepsComeBackFromTheirForms() throws Exception {
        NodeEvacuateStep evacuate = new NodeEvacuateStep("compute1");
        evacuate.setConcurrency(4);
        evacuate.setOnTimeout("forceComplete");
        evacuate.setJunitReport("drain.xml");
        ConfirmResizeStep confirm = new ConfirmResizeStep();
        confirm.setServer("web1");
        RevertResizeStep revert = new RevertResizeStep();
        revert.setHost("compute1");
        for (Step step : List.of(
                new NodeEvacuateStep("compute1"),
                evacuate,
                new LiveMigrateStep("web1"),
                new ColdMigrateStep("web1"),
                confirm,
                revert)) {
            jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
        }
    }

    @Test
    public void snippetsLeaveDefaultsOut() throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        snippets.assertRoundTrip(new NodeEvacuateStep("compute1"), "nodeEvacuate 'compute1'");
        NodeEvacuateStep rescue = new NodeEvacuateStep("compute1");
        rescue.setFenced(true);
        snippets.assertRoundTrip(rescue, "nodeEvacuate fenced: true, host: 'compute1'");
    }

    @Test
    public void theReferenceCanBeGenerated() throws Exception {
        SnippetizerTester.assertDocGeneration(NodeEvacuateStep.class);
        SnippetizerTester.assertDocGeneration(LiveMigrateStep.class);
        SnippetizerTester.assertDocGeneration(ConfirmResizeStep.class);
    }

    @Test
    public void cloudsSurviveSavedFormAfterSavedForm() throws Exception {
        try (ACloud cloud = new ACloud(1)) {
            cloud.configure();
            jenkins.configRoundtrip();
            jenkins.configRoundtrip();
            assertEquals(1, NovaClouds.get().getClouds().size());
            assertEquals("sim", NovaClouds.get().getClouds().get(0).getName());
            assertEquals("operator", NovaClouds.get().getClouds().get(0).getCredentialsId());
        }
    }
}
