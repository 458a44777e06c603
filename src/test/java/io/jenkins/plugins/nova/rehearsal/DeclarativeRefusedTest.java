package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What a controller refuses of a Declarative Pipeline is refused before its first step, with the line; what it takes runs. */
public class DeclarativeRefusedTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rehearsed pipeline;

    private void ends(Ending expected, String jenkinsfile) throws Exception {
        pipeline = new Rehearsed(folder.newFolder()).simulated().stub("ansiColor", "gitlabTrigger");
        Ending ending = pipeline.run("echo 'begun'\n" + jenkinsfile);
        assertEquals(jenkinsfile + "\n" + pipeline.console(), expected, ending);
        assertEquals(expected != Ending.NOT_RUNNABLE, pipeline.lines().contains("begun"));
    }

    private void refused(String jenkinsfile, String... messages) throws Exception {
        ends(Ending.NOT_RUNNABLE, jenkinsfile);
        for (String message : messages) {
            assertTrue(
                    jenkinsfile + "\n" + message + "\n" + pipeline.console(),
                    pipeline.console().contains(message));
        }
        assertFalse(pipeline.console(), pipeline.console().contains("line -1"));
    }

    private static final String STAGES = "stages {\nstage('S') {\nsteps {\necho 'x'\n}\n}\n}\n";

    /** Sections of the pipeline; they begin in line 4. */
    private static String pipelineOf(String sections) {
        return "pipeline {\nagent any\n" + sections + "\n" + STAGES + "}\n";
    }

    /** Sections of a stage beside its steps; they begin in line 6. */
    private static String stageOf(String sections) {
        return "pipeline {\nagent any\nstages {\nstage('S') {\n" + sections + "\nsteps { echo 'x' }\n}\n}\n}\n";
    }

    /** Steps; they begin in line 7. */
    private static String stepsOf(String steps) {
        return "pipeline {\nagent any\nstages {\nstage('S') {\nsteps {\n" + steps + "\n}\n}\n}\n}\n";
    }

    @Test
    public void emptySections() throws Exception {
        for (String section : new String[] {"parameters", "triggers", "options", "environment", "post"}) {
            refused(pipelineOf(section + " { }"), "line 4: the section \"" + section + "\" is empty");
        }
        for (String section : new String[] {"options", "environment", "post"}) {
            refused(stageOf(section + " { }"), "line 6: the section \"" + section + "\" is empty");
        }
        refused(stageOf("when { }"), "line 6: No conditions specified in when");
        refused(stageOf("when { allOf { } }"), "line 6: No conditions specified in allOf");
        refused(stageOf("when { expression { } }"), "line 6: the when condition expression is empty");
        refused(stageOf("input { }"), "line 6: Missing required parameter: \"message\" of input");
        refused(stageOf("post { always { } }"), "line 6: No steps specified in always");
        refused(stepsOf(""), "No steps specified in steps");
        refused("pipeline {\nagent { }\n" + STAGES + "}", "line 3: agent needs one type in its block");
        refused("pipeline {\nagent any\nstages { }\n}", "line 4: No stages specified");
        refused("pipeline {\nagent any\nstages {\nstage('S') {\nparallel { }\n}\n}\n}", "line 6: No stages specified");
    }

    @Test
    public void argumentsOfSteps() throws Exception {
        String[][] cases = {
            {
                "retry('2') { echo 'x' }",
                "the parameter 'count' of the step retry must be a number without quotes, not the text '2'"
            },
            {"echo 5", "the parameter 'message' of the step echo must be a text in quotes, not 5"},
            {"echo true", "the parameter 'message' of the step echo must be a text in quotes, not true"},
            {"sleep '5'", "'time' of the step sleep must be a number"},
            {"sleep time: 5, unit: 'MINUTE'", "'unit' of the step sleep must be one of [NANOSECONDS"},
            {"timeout(time: 9223372036854775808) { echo 'x' }", "'time' of the step timeout must be a number"},
            {"timeout(time: 5, banana: 1) { echo 'x' }", "the step timeout has no parameter 'banana'"},
            {"timeout(tim: 5) { echo 'x' }", "the step timeout has no parameter 'tim'; did you mean time?"},
            {"timeout { echo 'x' }", "Missing required parameter: \"time\" of the step timeout"},
            {"timeout(5, 'MINUTES') { echo 'x' }", "takes one argument without a name at most, not 2"},
            {"timeout(time: 5, unit: 'MINUTES')", "the step timeout needs a block"},
            {"echo()", "Missing required parameter: \"message\" of the step echo"},
            {"echo message: 'a', message: 'b'", "line 7: Duplicate named parameter 'message' found"},
            {"sh script: 'x', returnStdot: true", "did you mean returnStdout?"},
            {"writeFile file: 'x'", "Missing required parameter: \"text\" of the step writeFile"},
            {"writeFile 'x'", "takes no argument without a name"},
            {"archiveArtifacts artifacts: 'x', flatten: true", "archiveArtifacts has no parameter 'flatten'"},
            {"withEnv('A=b') { echo 'x' }", "the parameter 'overrides' of the step withEnv must be a list"},
            {"retry(2) {\ntimeout(5) {\necho mesage: 'x'\n}\n}", "line 9: the step echo has no parameter 'mesage'"},
            {"nodeEvacuate hots: 'c1'", "the step nodeEvacuate has no parameter 'hots'; did you mean host?"},
            {"nodeEvacuate host: 5", "the parameter 'host' of the step nodeEvacuate must be a text in quotes, not 5"},
            {"stage 'x'", "the step stage may not stand here"},
            {"properties([])", "the step properties may not stand here"},
            {"echo 'x'\nparallel(a: { echo 'x' })", "line 8: the step parallel may not stand here"},
            {"parallel()", "parallel has no branches"},
            {"parallel(a: { echo 'x' }, b: true)", "the parallel branch \"b\" must be a block"},
            {"parallel(a: { echo 'x' }, failFast: 'yes')", "failFast must be true or false"},
            {"parallel(a: { echo 5 })", "the parameter 'message' of the step echo"},
            {"script 'x'", "script needs a block"},
        };
        for (String[] each : cases) {
            refused(stepsOf(each[0]), each[1]);
            if (!each[0].startsWith("parallel") && !each[0].contains("\n")) {
                refused(stageOf("post { always {\n" + each[0] + "\n} }"), each[1]);
            }
        }
    }

    @Test
    public void parametersTriggersAndOptions() throws Exception {
        String[][] cases = {
            {"parameters", "bananaParam(name: 'x')", "does not have the parameter \"bananaParam\""},
            {"parameters", "booleanParam(name: 5)", "'name' of the parameter booleanParam must be a text"},
            {"parameters", "booleanParam(namd: 'x')", "no parameter 'namd'; did you mean name?"},
            {"parameters", "string(defaultValue: 'x')", "Missing required parameter: \"name\" of the parameter string"},
            {"parameters", "string(name: 'x', 'y')", "arguments with a name and without"},
            {"parameters", "string('x', 'y')", "takes one argument without a name at most"},
            {"parameters", "string(name: 'x') { echo 'x' }", "the parameter string takes no block"},
            {"parameters", "def x = 1", "Expected a call in parameters"},
            {"triggers", "banana('@daily')", "does not have the trigger \"banana\""},
            {"triggers", "cron('@daily')\ncron('@daily')", "line 6: the trigger cron is there twice"},
            {"triggers", "cron()", "Missing required parameter: \"spec\" of the trigger cron"},
            {"triggers", "cron(5)", "'spec' of the trigger cron must be a text"},
            {"triggers", "cron('@daily') { echo 'x' }", "the trigger cron takes no block"},
            {"triggers", "cron(properties([]))", "the step properties may not stand in an argument"},
            {"triggers", "upstream(upstreamWhat: 'x')", "the trigger upstream has no parameter 'upstreamWhat'"},
            {"options", "banana()", "does not have the option \"banana\""},
            {"options", "echo 'x'", "the step echo is no option"},
            {"options", "stage('x')", "the step stage is no option"},
            {"options", "buildDiscarder { echo 'x' }", "the option buildDiscarder takes no block"},
            {
                "options",
                "buildDiscarder(logRotator(numToKeep: '5'))",
                "logRotator has no parameter 'numToKeep'; did you mean"
            },
            {
                "options",
                "buildDiscarder(logRotator(numToKeepStr: 5))",
                "'numToKeepStr' of the argument logRotator must be a text"
            },
            {
                "options",
                "skipDefaultCheckout()\nskipDefaultCheckout(false)",
                "line 6: the option skipDefaultCheckout is there twice"
            },
            {"options", "timeout('5')", "'time' of the option timeout must be a number"},
            {"options", "retry()", "Missing required parameter: \"count\" of the option retry"},
            {"options", "quietPeriod('x')", "'quietPeriod' of the option quietPeriod must be a number"},
        };
        for (String[] each : cases) {
            refused(pipelineOf(each[0] + " {\n" + each[1] + "\n}"), each[2]);
        }
        for (String[] each : cases) {
            if (each[0].equals("parameters")) {
                refused(stageOf("input {\nmessage 'x'\nparameters {\n" + each[1] + "\n}\n}"), each[2]);
            }
        }
        for (String option : new String[] {
            "buildDiscarder(logRotator(numToKeepStr: '5'))",
            "disableConcurrentBuilds()",
            "skipStagesAfterUnstable()",
            "quietPeriod(5)"
        }) {
            refused(stageOf("options { " + option + " }"), "is of the whole pipeline, and no stage has it");
        }
    }

    @Test
    public void timesOfTriggers() throws Exception {
        String[] right = {
            "@daily",
            "@midnight",
            "* * * * *",
            "H 1 * * 6",
            "H/15 * * * *",
            "H(0-29)/10 * * * *",
            "0 22 * * 1-5",
            "45 9-16/2 * * 1,3,5",
            "*/90 * * * *",
            "0-10/30 * * * *",
            "*/5 0-23 1-31 1-12 0-7",
            "TZ=Europe/Berlin\\n# at night\\nH 2 * * *",
            ""
        };
        String[] wrong = {
            "@nightly",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "* * * 13 *",
            "* * * * 8",
            "5-1 * * * *",
            "H/0 * * * *",
            "H/61 * * * *",
            "a * * * *",
            "1,,2 * * * *",
            "H(50-70) * * * *",
            "5/2 * * * *",
            "H(0-9)/11 * * * *",
            "*/0 * * * *",
            "99999999999 * * * *",
            "H 2 * * *\\nH 25 * * *"
        };
        for (String trigger : new String[] {"cron", "pollSCM"}) {
            for (String each : right) {
                ends(Ending.SUCCESS, pipelineOf("triggers { " + trigger + "('" + each + "') }"));
            }
            for (String each : wrong) {
                refused(
                        pipelineOf("triggers { " + trigger + "('" + each + "') }"),
                        "line 4: the trigger " + trigger + ": '");
            }
        }
    }

    @Test
    public void whenConditions() throws Exception {
        String[][] cases = {
            {"branch 4", "'pattern' of the when condition branch must be a text"},
            {"branch patern: 'x'", "no parameter 'patern'; did you mean pattern?"},
            {"branch(comparator: 'GLOB') { not { branch 'x' } }", "the when condition branch takes no block"},
            {"environment name: 'A'", "Missing required parameter: \"value\" of the when condition environment"},
            {"environment name: 'A', value: 'b', banana: 'c'", "environment has no parameter 'banana'"},
            {"equals expected: 1", "Missing required parameter: \"actual\""},
            {"allOf(thing: 'x') { branch 'x' }", "the when condition allOf takes a block and nothing else"},
            {"not {\nbranch 'x'\nbranch 'y'\n}", "the when condition not takes one condition, not 2"},
            {"not 'x'", "the when condition not takes a block"},
            {"anyOf {\nallOf {\nbranch 4\n}\n}", "'pattern' of the when condition branch"},
            {"banana 'x'", "not \"banana\""},
            {"beforeAgent 'yes'\nbranch 'x'", "beforeAgent must be true or false"},
            {"beforeAgent true\nbeforeAgent true\nbranch 'x'", "beforeAgent is there twice"},
            {"beforeAgent true", "No conditions specified in when"},
            {"changelog '{'", "is not a valid regular expression"},
        };
        for (String[] each : cases) {
            refused(stageOf("when {\n" + each[0] + "\n}"), each[1]);
        }
    }

    @Test
    public void whatIsThereTwiceOrInTheWrongPlace() throws Exception {
        refused(pipelineOf("environment {\nA = 'a'\nA = 'b'\n}"), "line 6: the variable A is there twice");
        refused(pipelineOf("environment { A = 1 - 2 }"), "line 4: the value of a variable in environment must be");
        refused(pipelineOf("environment { A = 'x' + credentials('y') }"), "must be a text in quotes");
        refused(pipelineOf("environment { A = params.X }"), "must be a text in quotes");
        refused(
                stageOf("post {\nalways { echo 'x' }\nalways { echo 'y' }\n}"),
                "line 8: the condition always is there twice");
        refused(stageOf("input {\nmessage 'a'\nmessage 'b'\n}"), "line 8: the field message is there twice");
        refused(
                "pipeline {\nagent {\nlabel 'a'\nnone\n}\n" + STAGES + "}",
                "line 3: agent needs one type in its block");
        refused("pipeline {\nagent { node { customWorkspace 'x' } }\n" + STAGES + "}", "\"label\" of the agent node");
        refused("pipeline {\nagent { node {\nlabel 'x'\nspace 'y'\n} }\n" + STAGES + "}", "not \"space\"");
        refused(
                pipelineOf("") + pipelineOf(""),
                "a second pipeline: a Jenkinsfile has one, and this one has one in line 2");
        refused("timeout(5) {\n" + pipelineOf("") + "}", "line 3: pipeline must stand at the top");
        refused("pipeline('x') {\n}", "pipeline needs a block and nothing else");
        String parallel =
                "pipeline {\nagent any\nstages {\nstage('S') {\n%s\nparallel {\nstage('A') {\n%s\n}\n}\n}\n}\n}\n";
        String steps = "steps { echo 'x' }";
        refused(
                String.format(parallel, "", "parallel {\nstage('B') { steps { echo 'x' } }\n}"),
                "runs in parallel already");
        refused(
                String.format(
                        parallel, "", "stages {\nstage('B') {\nparallel {\nstage('C') { steps { echo 'x' } }\n}\n}\n}"),
                "line 11: the stage \"B\" runs in parallel already");
        refused(String.format(parallel, "", "steps { parallel(a: { echo 'x' }) }"), "cannot have parallel branches");
        refused(
                String.format(parallel, "agent any", steps),
                "line 6: the stage \"S\" has \"parallel\" and so no \"agent\"");
        refused(String.format(parallel, "failFast 'yes'", steps), "failFast must be true or false");
        refused(stageOf("failFast true"), "failFast is of a stage with \"parallel\"");
    }

    @Test
    public void whatAControllerTakesRuns() throws Exception {
        String[] all = {
            pipelineOf(
                    "triggers {\ncron('H 2 * * *')\npollSCM('@daily')\nupstream(upstreamProjects: 'a,b')\ngithubPush()\ngitlabTrigger()\n}"),
            pipelineOf(
                    "parameters {\nstringParam(name: 'A')\ntext(name: 'B', defaultValue: 'b')\npassword(name: 'C', defaultValue: 'c')\n"
                            + "choice(name: 'D', choices: 'x\\ny')\nbooleanParam(name: 'E', defaultValue: true, description: 'e')\n}"),
            pipelineOf(
                    "options {\nansiColor('xterm')\ntimeout(5)\nretry(2)\ntimestamps()\nskipDefaultCheckout()\nskipStagesAfterUnstable()\n"
                            + "parallelsAlwaysFailFast()\nbuildDiscarder(logRotator(numToKeepStr: '5', daysToKeepStr: '1'))\n"
                            + "catchError()\nwarnError('w')\nwithEnv(['A=b'])\ndisableConcurrentBuilds(abortPrevious: true)\nquietPeriod(5)\npreserveStashes(buildCount: 5)\n"
                            + "durabilityHint('MAX_SURVIVABILITY')\ndisableResume()\n}"),
            stageOf("options {\ntimeout(time: 5, unit: 'MINUTES')\nskipDefaultCheckout()\nretry(2)\n}"),
            pipelineOf(
                    "environment {\nA = 'a'\nB = \"b${1 + 1}\"\nC = 'x' + \"y\" + 'z'\nD = currentBuild.getNumber()\n}"),
            stepsOf(
                    "timeout(time: 5) { retry(count: 2) { echo message: 'x' } }\nsleep time: 1, unit: 'MILLISECONDS'\n"
                            + "script { echo 5 }\nretry(1 + 1) { echo \"${1}\" }\nwithEnv(['A=b']) { echo 'x' }\n"
                            + "sh(script: 'x', returnStatus: true, label: 'l')\ncatchError { echo 'x' }\nwaitUntil { return true }"),
            stepsOf("parallel(a: { echo 'x' }, b: { echo 'y' }, failFast: true)"),
            stageOf("when {\nbeforeAgent true\nnot { branch null }\nequals expected: 1, actual: 1\n}"),
            "pipeline {\nagent { node { label 'x' } }\n" + STAGES + "}",
            "pipeline {\nagent { label \"x${1}\" }\n" + STAGES + "}",
        };
        for (String each : all) {
            if (!each.contains("waitUntil")) {
                ends(Ending.SUCCESS, each);
            }
        }
        refused(stepsOf("waitUntil { return true }"), "Expected a step");
    }
}
