package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Each construct of a Declarative Pipeline: what the operator sees, and how the build ends. */
public class DeclarativeTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rehearsed pipeline;

    @Before
    public void begin() {
        pipeline = new Rehearsed(folder.getRoot());
    }

    private void ends(Ending expected, String jenkinsfile) throws Exception {
        Ending ending = pipeline.run(jenkinsfile);
        assertEquals(pipeline.console(), expected, ending);
    }

    private void sees(String... lines) {
        List<String> seen = pipeline.lines();
        int from = 0;
        for (String line : lines) {
            int at = seen.subList(from, seen.size()).indexOf(line);
            assertTrue("no '" + line + "' after line " + from + " of\n" + pipeline.console(), at >= 0);
            from += at + 1;
        }
    }

    private void seesNot(String text) {
        assertFalse(pipeline.console(), pipeline.console().contains(text));
    }

    private static String inStage(String sections) {
        return "pipeline {\nagent any\nstages {\nstage('One') {\n" + sections + "\n}\n}\n}\n";
    }

    @Test
    public void sectionsInTheirOrder() throws Exception {
        pipeline.parameter("HOST", "compute2");
        ends(Ending.SUCCESS, """
                def shared = 'before'
                pipeline {
                    agent any
                    parameters {
                        string(name: 'HOST', defaultValue: 'compute1')
                        booleanParam(name: 'SURE', defaultValue: true)
                        choice(name: 'HOW', choices: ['live', 'cold'])
                    }
                    triggers { cron('H 1 * * 6') }
                    options {
                        timeout(time: 1, unit: 'HOURS')
                        disableConcurrentBuilds()
                        buildDiscarder(logRotator(numToKeepStr: '5'))
                    }
                    environment {
                        A = 'a'
                        B = "${A}-${params.HOST}"
                    }
                    stages {
                        stage('First') {
                            environment { C = "${B}-c" }
                            steps {
                                script { shared = [1, 2].collect { it * 2 }.toString() }
                                echo "${env.B} ${C} ${params.SURE} ${params.HOW} ${STAGE_NAME}"
                            }
                        }
                        stage('Second') { steps { echo "shared ${shared} ${env.C}" } }
                    }
                    post { success { echo 'good' } }
                }
                """);
        sees(
                "(rehearsal) on a controller this is started by cron H 1 * * 6",
                "Timeout set to expire in 1h",
                "== First",
                "a-compute2 a-compute2-c true live First",
                "== Second",
                "shared [2, 4] null",
                "== Post Actions",
                "good");
    }

    @Test
    public void laterStagesAreSkippedAfterAFailure() throws Exception {
        ends(Ending.FAILURE, """
                pipeline {
                    agent any
                    stages {
                        stage('Bad') {
                            steps { error 'boo' }
                            post { failure { echo 'stage failed' } }
                        }
                        stage('Later') {
                            stages { stage('Inner') { steps { echo 'never' } } }
                            post { always { echo 'never either' } }
                        }
                    }
                }
                """);
        sees(
                "stage failed",
                "== Later",
                "Stage \"Later\" skipped due to earlier failure(s)",
                "== Inner",
                "Stage \"Inner\" skipped due to earlier failure(s)",
                "ERROR: boo (Jenkinsfile line 5)");
        seesNot("never");
    }

    @Test
    public void postConditionsInTheirOrder() throws Exception {
        ends(Ending.FAILURE, """
                pipeline {
                    agent any
                    stages { stage('Bad') { steps { error 'boo' } } }
                    post {
                        cleanup { echo 'cleanup' }
                        failure { echo 'failure' }
                        unstable { echo 'not unstable' }
                        unsuccessful { echo 'unsuccessful' }
                        success { echo 'not success' }
                        aborted { echo 'not aborted' }
                        regression { echo 'not regression' }
                        fixed { echo 'not fixed' }
                        changed { echo 'changed' }
                        always { echo "always ${currentBuild.currentResult}" }
                    }
                }
                """);
        sees("always FAILURE", "changed", "unsuccessful", "failure", "cleanup");
        seesNot("not ");
    }

    @Test
    public void postThatFailsFailsTheBuildAndTheOthersStillRun() throws Exception {
        ends(Ending.FAILURE, """
                pipeline {
                    agent any
                    stages { stage('Good') { steps { echo 'ok' } } }
                    post {
                        always { error 'post is broken' }
                        cleanup { echo 'cleaned' }
                    }
                }
                """);
        sees(
                "ok",
                "Error when executing always post condition: post is broken",
                "cleaned",
                "ERROR: post is broken (Jenkinsfile line 5)");
    }

    @Test
    public void abortedBuildRunsItsAbortedPost() throws Exception {
        pipeline.answer(false);
        ends(Ending.ABORTED, """
                pipeline {
                    agent any
                    stages { stage('Ask') { steps { input 'Sure?' } } }
                    post { aborted { echo 'aborted post' } failure { echo 'never' } }
                }
                """.replace(" } failure", " }\n failure"));
        sees("aborted post", "Rejected by tester (Jenkinsfile line 3)");
        seesNot("never");
    }

    @Test
    public void whenConditions() throws Exception {
        StringBuilder stages = new StringBuilder();
        String[][] cases = {
            {"yes1", "expression { return 1 < 2 }"},
            {"no1", "expression { false }"},
            {"no2", "not { expression { true } }"},
            {"yes2", "allOf {\n expression { true }\n equals expected: 2, actual: 1 + 1\n }"},
            {"no3", "allOf {\n expression { true }\n expression { false }\n }"},
            {"yes3", "anyOf {\n expression { false }\n environment name: 'A', value: 'a'\n }"},
            {"no4", "anyOf {\n expression { false }\n branch 'main'\n }"},
            {"yes4", "beforeInput true\n beforeAgent true\n expression { env.A == 'a' }"},
            {"no5", "expression { true }\n expression { false }"},
        };
        for (String[] each : cases) {
            stages.append("stage('" + each[0] + "') {\nwhen {\n" + each[1] + "\n}\nsteps { echo 'ran " + each[0]
                    + "' }\npost { always { echo 'post of " + each[0] + "' } }\n}\n");
        }
        ends(Ending.SUCCESS, "pipeline {\nagent any\nenvironment { A = 'a' }\nstages {\n" + stages + "}\n}\n");
        for (String[] each : cases) {
            boolean runs = each[0].startsWith("yes");
            assertEquals(each[0], runs, pipeline.lines().contains("ran " + each[0]));
            assertEquals(each[0], runs, pipeline.lines().contains("post of " + each[0]));
            assertEquals(
                    each[0],
                    !runs,
                    pipeline.lines().contains("Stage \"" + each[0] + "\" skipped due to when conditional"));
        }
    }

    @Test
    public void whenBeforeInputAsksNobody() throws Exception {
        ends(
                Ending.SUCCESS,
                inStage(
                        "when {\nbeforeInput true\nexpression { false }\n}\ninput { message 'Sure?' }\nsteps { echo 'x' }"));
        sees("Stage \"One\" skipped due to when conditional");
        seesNot("Sure?");
    }

    @Test
    public void inputGivesItsParametersToTheStage() throws Exception {
        pipeline.answer(true);
        ends(
                Ending.SUCCESS,
                inStage(
                        "input {\nmessage \"Empty ${env.JOB_NAME}?\"\nok 'Do it'\nsubmitterParameter 'WHO'\n"
                                + "parameters { string(name: 'WHY', defaultValue: 'because') }\n}\nsteps { echo \"${WHY} ${WHO}\" }"));
        sees("Empty test?", "because tester");
    }

    @Test
    public void parallelStagesAndTheirPost() throws Exception {
        ends(Ending.UNSTABLE, """
                pipeline {
                    agent none
                    stages {
                        stage('Both') {
                            parallel {
                                stage('Slow') {
                                    agent any
                                    steps {
                                        sleep time: 200, unit: 'MILLISECONDS'
                                        echo 'slow'
                                    }
                                }
                                stage('Quick') {
                                    steps { unstable 'hm' }
                                    post { unstable { echo 'quick was unstable' } }
                                }
                            }
                            post { always { echo 'both' } }
                        }
                    }
                }
                """);
        sees("[Quick] quick was unstable", "[Slow] slow", "both");
    }

    @Test
    public void failFastStopsParallelStages() throws Exception {
        ends(
                Ending.FAILURE,
                inStage("failFast true\nparallel {\nstage('Bad') { steps { error 'boo' } }\n"
                        + "stage('Long') { steps { sleep 100 } }\n}"));
        sees("Failed in branch Bad: boo", "Failed in branch Long: Failed in branch Bad");
    }

    @Test
    public void optionsWrapStages() throws Exception {
        ends(
                Ending.SUCCESS,
                "int n = 0\n"
                        + inStage("options {\nretry(2)\ntimeout(time: 5)\n}\nsteps {\nscript {\nn++\n"
                                + "if (n == 1) { error 'first' }\n}\necho \"attempt ${n}\"\n}"));
        sees("ERROR: first", "Retrying", "attempt 2");
    }

    @Test
    public void skipStagesAfterUnstable() throws Exception {
        ends(
                Ending.UNSTABLE,
                "pipeline {\nagent any\noptions { skipStagesAfterUnstable() }\nstages {\n"
                        + "stage('A') { steps { unstable 'hm' } }\nstage('B') { steps { echo 'never' } }\n}\n}");
        sees("Stage \"B\" skipped due to earlier stage(s) marking the build as unstable");
        seesNot("never");
    }

    @Test
    public void credentialsInTheEnvironment() throws Exception {
        pipeline.secret("login", "anna:pa55word").secret("token", "t0ken-text");
        ends(
                Ending.SUCCESS,
                inStage("environment {\nL = credentials('login')\nT = credentials('token')\n}\n"
                        + "steps { echo \"${L_USR} ${L_PSW} ${env.T} ${env.L}\" }"));
        sees("anna **** **** ****");
    }

    @Test
    public void agentNoneHasNoNode() throws Exception {
        ends(Ending.FAILURE, "pipeline {\nagent none\nstages { stage('A') { steps { sh 'true' } } }\n}");
        assertTrue(pipeline.console(), pipeline.console().contains("sh needs a node"));
    }

    private void refused(String jenkinsfile, String message) throws Exception {
        begin();
        ends(Ending.NOT_RUNNABLE, "echo 'ran'\n" + jenkinsfile);
        assertTrue(pipeline.console(), pipeline.console().contains(message));
        seesNot("ran\n");
    }

    @Test
    public void whatDeclarativeRefusesIsRefusedBeforeAnythingRuns() throws Exception {
        refused("pipeline {\nagent any\n}", "line 2: Missing required section \"stages\"");
        refused("pipeline {\nstages { stage('A') { steps { echo 'x' } } }\n}", "Missing required section \"agent\"");
        refused(inStage("setps { echo 'x' }"), "line 6: Undefined section \"setps\" in stage");
        refused(inStage("steps {\nif (true) { echo 'x' }\n}"), "line 7: Expected a step");
        refused(inStage("steps {\ndef x = 1\n}"), "line 7: Expected a step");
        refused(inStage("steps {\nfoo.bar()\n}"), "Method calls on objects not allowed outside \"script\" blocks");
        refused(inStage("steps { echo 'x' }\npost { sometimes { echo 'x' } }"), "Invalid condition \"sometimes\"");
        refused(inStage("when { phase 'x' }\nsteps { echo 'x' }"), "not \"phase\"");
        refused(inStage("tools { maven '3' }\nsteps { echo 'x' }"), "the rehearsal does not have tools");
        refused(inStage("matrix { axes { } }"), "the section \"axes\" of matrix is empty");
        refused(
                inStage("options { ansiColor('xterm') }\nsteps { echo 'x' }"),
                "line 6: the rehearsal does not have the option \"ansiColor\"");
        refused(inStage("steps { slackSend 'x' }"), "line 6: 'slackSend' is a step of the plugin slack");
        refused(inStage("steps { nodeEvacuate confirm: 'auto' }"), "line 6: Missing required parameter: \"host\"");
        refused(inStage("agent { docker 'x' }\nsteps { echo 'x' }"), "not \"docker\"");
        refused(
                "pipeline {\nagent any\nstages {\nstage('A') { steps { echo 'x' } }\nstage('A') { steps { echo 'x' } }\n}\n}",
                "line 6: Duplicate stage name: \"A\"");
    }
}
