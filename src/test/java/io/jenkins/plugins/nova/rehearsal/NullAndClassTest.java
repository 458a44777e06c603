package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What null is, wherever a pipeline may have it; and what maps with $class describe. */
public class NullAndClassTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rehearsed pipeline;

    private void sees(Ending expected, String jenkinsfile, String line) throws Exception {
        Ending ending = pipeline.run(jenkinsfile);
        assertEquals(jenkinsfile + "\n" + pipeline.console(), expected, ending);
        assertTrue(
                jenkinsfile + "\n" + pipeline.console(),
                pipeline.lines().stream().anyMatch(each -> each.startsWith(line)));
    }

    private void fresh() throws Exception {
        pipeline = new Rehearsed(folder.newFolder()).simulated();
    }

    private static String environment(String environment, String steps) {
        return "def none() { null }\npipeline {\nagent any\nenvironment { " + environment
                + " }\nstages {\nstage('S') {\nsteps { " + steps + " }\n}\n}\n}";
    }

    @Test
    public void nullIsNull() throws Exception {
        Object[][] cases = {
            {
                Ending.SUCCESS,
                "def x = null\necho \"${x == null} ${env.NONE == null} ${params.NONE == null}\"",
                "true true true"
            },
            {Ending.SUCCESS, "echo null", "null"},
            {Ending.FAILURE, "error null", "ERROR: null"},
            {Ending.SUCCESS, "env.X = null\necho \"${env.X == 'null'}\"", "true"},
            {Ending.SUCCESS, "def x = [a: null]\necho \"${x.a == null}\"", "true"},
            {Ending.SUCCESS, "catchError(buildResult: null, stageResult: null) { error 'x' }\necho 'on'", "on"},
            {Ending.SUCCESS, "def r = parallel(a: { null }, b: { 1 })\necho \"${r.a == null}\"", "true"},
            {Ending.SUCCESS, "def x = input(message: 'x')\necho \"${x == null}\"", "true"},
            {Ending.SUCCESS, "x = null\necho \"${x == null}\"", "true"},
            {Ending.SUCCESS, "@NonCPS def f() { null }\necho \"${f() == null}\"", "true"},
            {Ending.SUCCESS, "def f(a = null) { a }\necho \"${f() == null} ${f(null) == null}\"", "true true"},
            {
                Ending.SUCCESS,
                "node { writeJSON file: 'x', json: [a: null]\necho \"${readJSON(file: 'x').a == null}\" }",
                "true"
            },
            {Ending.SUCCESS, "echo \"${stage('x') { null } == null}\"", "true"},
            {Ending.SUCCESS, "echo \"${currentBuild.description == null}\"", "true"},
            {Ending.SUCCESS, "retry(2) { null }\necho 'on'", "on"},
            {
                Ending.FAILURE,
                environment("FOO = none()", "echo 'x'"),
                "ERROR: java.lang.IllegalArgumentException: One or more variables have some issues with their values: FOO"
            },
            {Ending.SUCCESS, environment("FOO = \"${none()}\"", "echo \"${FOO}\""), "null"},
            {Ending.SUCCESS, environment("FOO = 'x'", "echo \"${env.BAR == null}\""), "true"},
            {
                Ending.SUCCESS,
                "pipeline {\nagent any\nstages {\nstage('S') {\nwhen { equals expected: null, actual: env.NONE }\nsteps { echo 'in' }\n}\n}\n}",
                "in"
            },
        };
        for (Object[] each : cases) {
            fresh();
            sees((Ending) each[0], (String) each[1], (String) each[2]);
        }
        fresh();
        pipeline.stub("frobnicate").answer("frobnicate", "null");
        sees(Ending.SUCCESS, "def x = frobnicate(null, null)\necho \"${x == null}\"", "true");
    }

    @Test
    public void aMapWithAClassDescribesWhatItsSymbolDoes() throws Exception {
        String[][] cases = {
            {
                "properties([parameters([[$class: 'StringParameterDefinition', name: 'P', defaultValue: 'd']])])\necho \"${params.P}\"",
                "d"
            },
            {
                "properties([[$class: 'ParametersDefinitionProperty', parameterDefinitions: [[$class: 'BooleanParameterDefinition', name: 'P', defaultValue: true]]]])\necho \"${params.P}\"",
                "true"
            },
            {
                "properties([[$class: 'jenkins.model.BuildDiscarderProperty', strategy: [$class: 'LogRotator', numToKeepStr: '1']]])\necho 'on'",
                "(rehearsal) buildDiscarder: a setting of the job"
            },
            {"properties([pipelineTriggers([[$class: 'TimerTrigger', spec: '@daily']])])\necho 'on'", "on"},
            {
                "properties([[$class: 'PipelineTriggersJobProperty', triggers: [cron('@daily')]]])\necho 'on'",
                "(rehearsal) pipelineTriggers: a setting"
            },
            {
                "def x = input message: 'x', parameters: [[$class: 'ChoiceParameterDefinition', name: 'P', choices: 'a\\nb']]\necho \"x=${x}\"",
                "x=a"
            },
            {
                "def x = input message: 'x', parameters: [[$class: 'hudson.model.TextParameterDefinition', name: 'P', defaultValue: 't']]\necho \"x=${x}\"",
                "x=t"
            },
            {
                "withCredentials([[$class: 'StringBinding', credentialsId: 'c', variable: 'V']]) { echo \"is ${V == 'a:secret'}\" }",
                "is true"
            },
            {
                "withCredentials([[$class: 'UsernamePasswordMultiBinding', credentialsId: 'c', usernameVariable: 'U', passwordVariable: 'P']]) { echo \"is ${U} ${P == 'secret'}\" }",
                "is a true"
            },
            {
                "withCredentials([[$class: 'UsernamePasswordBinding', credentialsId: 'c', variable: 'V']]) { echo \"is ${V == 'a:secret'}\" }",
                "is true"
            },
            {
                "node { writeFile file: 'a.txt', text: 'x'\nstep([$class: 'ArtifactArchiver', artifacts: '*.txt']) }",
                "Archived a.txt as"
            },
            {"wrap([$class: 'TimestamperBuildWrapper']) { echo 'on' }", "["},
        };
        for (String[] each : cases) {
            fresh();
            pipeline.secret("c", "a:secret");
            sees(Ending.SUCCESS, each[0], each[1]);
        }
        ofOurs("[$class: 'DeadHost']", "budget: '[$class: 'DeadHost']' will not do; give budget(");
        ofOurs("[$class: 'HostBudget', maxAway: 'x']", "budget.maxAway: 'x' will not do");
        ofOurs("[$class: 'io.jenkins.plugins.nova.step.HostBudget', maxAway: 'x']", "budget.maxAway: 'x' will not do");
        ofOurs("budget(maxAway: 'x')", "budget.maxAway: 'x' will not do");
        ofOurs("[$class: 'HostBudget', maxAway: 1]", "cloud: no OpenStack cloud");
        fresh();
        sees(
                Ending.FAILURE,
                "properties([1])",
                "ERROR: java.lang.IllegalArgumentException: Expected a symbol such as string(name: 'HOST') or a map with"
                        + " '$class', not 1 (java.lang.Integer)");
    }

    /** An argument of a step of the plugin, and the last line but one, which tells what is wrong. */
    private void ofOurs(String budget, String words) throws Exception {
        fresh();
        assertEquals(Ending.FAILURE, pipeline.run("nodeEvacuate host: 'compute1', budget: " + budget));
        String told = pipeline.lines().get(pipeline.lines().size() - 2);
        assertTrue(pipeline.console(), told.contains(words));
    }
}
