package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Variables of a build and of {@code environment}, and the conditions that look at them, as a controller has them. */
public class EnvironmentTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rehearsed pipeline;

    @Before
    public void begin() throws Exception {
        pipeline = new Rehearsed(folder.newFolder());
    }

    private void ends(Ending expected, String jenkinsfile) throws Exception {
        Ending ending = pipeline.run(jenkinsfile);
        assertEquals(jenkinsfile + "\n" + pipeline.console(), expected, ending);
    }

    private void sees(String... lines) {
        for (String line : lines) {
            assertTrue(
                    "no '" + line + "' in\n" + pipeline.console(),
                    pipeline.lines().contains(line));
        }
    }

    private static String environment(String variables, String echo) {
        return "pipeline {\nagent any\nenvironment {\n" + variables + "\n}\nstages { stage('S') { steps { echo \""
                + echo + "\" } } }\n}";
    }

    @Test
    public void valuesByReferenceAndNotByTheOrderOfTheText() throws Exception {
        String[][] cases = {
            // the section, what is echoed, the line
            {"A = \"${B}-a\"\nB = \"${C}-b\"\nC = 'c'", "${A}", "c-b-a"},
            {"A = \"${env.B}-a\"\nB = \"${env.C + '-b'}\"\nC = 'c'", "${env.A}", "c-b-a"},
            {"A = \"x\" + \"${B}\"\nB = 'b'", "$A", "xb"},
            {"A = B.toUpperCase()\nB = 'b'", "$A", "B"},
            {"A = \"${B}\"\nB = \"${A}\"", "$A $B", "null null"},
            {"A = \"${UNDEFINED}-a\"", "$A", "null-a"},
            {"A = \"${A ?: 'standard'}\"", "$A", "standard"},
            {"A = \"${UNDEFINED?.length()}\"", "$A", "null"},
            {"A = \"${params.NONE}\"", "$A", "null"},
            {"JOB_NAME = \"my-${JOB_NAME}\"", "$JOB_NAME", "my-test"},
            {"A = \"${BUILD_NUMBER}\"", "$A", "1"},
            {"A = \"${currentBuild.number}\"", "$A", "1"},
            {"A = 'a\\\\b'", "$A", "a\\b"},
        };
        for (String[] each : cases) {
            begin();
            ends(Ending.SUCCESS, environment(each[0], "is " + each[1]));
            sees("is " + each[2]);
        }
    }

    @Test
    public void credentialsComeFirst() throws Exception {
        pipeline.secret("login", "anna:pa55word");
        ends(Ending.SUCCESS, environment("A = \"user ${L_USR}\"\nB = 'b'\nL = credentials('login')", "${A} ${L_PSW}"));
        sees("user anna ****");
    }

    @Test
    public void aStageSeesWhatIsOutsideIt() throws Exception {
        ends(
                Ending.SUCCESS,
                "pipeline {\nagent any\nenvironment { A = 'outer' }\nstages { stage('S') {\n"
                        + "environment {\nB = \"${A}-b\"\nA = \"${A}-inner\"\n}\nsteps { echo \"$A $B\" } } }\n}");
        sees("outer-inner outer-inner-b");
    }

    @Test
    public void elsewhereAnUndefinedNameIsAnError() throws Exception {
        ends(Ending.FAILURE, environment("A = 'a'", "${UNDEFINED}"));
        sees("ERROR: groovy.lang.MissingPropertyException: No such property: UNDEFINED for class: WorkflowScript"
                + " (Jenkinsfile line 6)");
    }

    @Test
    public void parametersAndTriggersSeeTheEnvironment() throws Exception {
        ends(
                Ending.SUCCESS,
                "pipeline {\nagent any\nenvironment {\nNAME = 'FLAG'\nTIMES = '@daily'\n}\n"
                        + "triggers { cron(\"${TIMES}\") }\nparameters { string(name: \"${NAME}\", defaultValue: 'yes') }\n"
                        + "stages { stage('S') { steps { echo \"flag ${params.FLAG}\" } } }\n}");
        sees("(rehearsal) on a controller this is started by cron @daily", "flag yes");
        begin();
        // names that the environment does not have are no reason to look into it before there is a node
        ends(
                Ending.SUCCESS,
                "def hosts() { ['a', 'b'] }\npipeline {\nagent any\nenvironment { OUT = sh(script: 'x', returnStdout: true) }\n"
                        + "parameters { choice(name: 'HOST', choices: hosts()) }\nstages { stage('S') { steps { echo \"host ${params.HOST} ${OUT}.\" } } }\n}");
        sees("host a .");
    }

    @Test
    public void variablesOfABuild() throws Exception {
        ends(Ending.SUCCESS, """
                echo "1 ${BUILD_URL} ${env.JOB_URL} ${env.JENKINS_URL} ${CI} ${env.WORKSPACE_TMP} ${env.PATH}"
                node { echo "2 ${WORKSPACE_TMP == WORKSPACE + '@tmp'} ${EXECUTOR_NUMBER} ${NODE_LABELS} ${NODE_NAME}" }
                """);
        sees(
                "1 https://jenkins.invalid/job/test/1/ https://jenkins.invalid/job/test/ https://jenkins.invalid/ true null null",
                "2 true 0 rehearsal rehearsal");
    }

    @Test
    public void pathIsAddedTo() throws Exception {
        ends(Ending.SUCCESS, """
                node {
                    def plain = env.PATH
                    withEnv(['PATH+ONE=/one', 'PATH+TWO=/two']) {
                        echo "added ${env.PATH.endsWith(plain)} ${env.PATH.contains('/one:')} ${env.PATH.contains('/two:')}"
                    }
                    withEnv(["PATH=/own:${env.PATH}"]) { echo "own ${env.PATH == '/own:' + plain}" }
                }
                """);
        sees("added true true true", "own true");
    }

    @Test
    public void aCommandHasTheMachinesOwnPath() throws Exception {
        pipeline.commands();
        ends(Ending.SUCCESS, "node { withEnv(['PATH+X=/x']) { sh 'echo \"path $PATH\"' } }");
        sees("path /x:" + System.getenv("PATH"));
    }

    @Test
    public void branches() throws Exception {
        String[][] cases = {
            // BRANCH_NAME, the condition, whether it holds
            {"main", "branch 'main'", "true"},
            {"main", "branch 'MAIN'", "true"},
            {"main", "branch 'ma*'", "true"},
            {"main", "branch 'm?in'", "true"},
            {"main", "branch 'm.in'", "false"},
            {"main", "branch '*'", "true"},
            {"release/1", "branch '*'", "false"},
            {"release/1", "branch 'release/*'", "true"},
            {"release/1/2", "branch 'release/*'", "false"},
            {"release/1/2", "branch 'release/**'", "true"},
            {"release/1/2", "branch '**/2'", "true"},
            {"release/1/2", "branch '**'", "true"},
            {"release", "branch 'release/**'", "true"},
            {"main", "branch pattern: 'ma.n', comparator: 'REGEXP'", "true"},
            {"main", "branch pattern: 'MAIN', comparator: 'EQUALS'", "false"},
            {"main", "branch pattern: 'ma*', comparator: 'GLOB'", "true"},
            {"main", "branch null", "false"},
            {null, "branch 'main'", "false"},
            {null, "branch '**'", "false"},
            {null, "equals expected: 2, actual: 1 + 1", "true"},
            {null, "equals expected: 2, actual: '2'", "false"},
            {null, "equals expected: 'a1', actual: \"a${1}\"", "true"},
            {null, "equals expected: null, actual: env.NONE", "true"},
            {null, "equals expected: [1, 2], actual: [1, 2]", "true"},
            {null, "environment name: 'JOB_NAME', value: 'test'", "true"},
            {null, "environment name: 'JOB_NAME', value: 'TEST'", "false"},
            {null, "environment name: 'JOB_NAME', value: 'TEST', ignoreCase: true", "true"},
        };
        for (String[] each : cases) {
            begin();
            if (each[0] != null) {
                pipeline.variable("BRANCH_NAME", each[0]);
            }
            ends(
                    Ending.SUCCESS,
                    "pipeline {\nagent any\nstages { stage('S') {\nwhen { " + each[1]
                            + " }\nsteps { echo 'ran' } } }\n}");
            assertEquals(
                    each[0] + " " + each[1],
                    Boolean.parseBoolean(each[2]),
                    pipeline.lines().contains("ran"));
            assertFalse(pipeline.console(), pipeline.console().contains("ERROR"));
        }
    }
}
