package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the rehearsal does not have is told before anything runs, with an option; that option is tried, and then it runs. */
public class LackingTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rehearsed pipeline;

    private void run(Ending expected, String jenkinsfile) throws Exception {
        Ending ending = pipeline.run(jenkinsfile);
        assertEquals(jenkinsfile + "\n" + pipeline.console(), expected, ending);
    }

    private void fresh() throws Exception {
        pipeline = new Rehearsed(folder.newFolder()).simulated();
    }

    private static String stage(String agent, String top, String inside) {
        return "pipeline {\nagent " + agent + "\n" + top + "\nstages {\nstage('S') {\n" + inside
                + "\nsteps { echo 'reached' }\n}\n}\n}";
    }

    private static String steps(String steps) {
        return "pipeline {\nagent any\nstages {\nstage('S') {\nsteps {\n" + steps + "\necho 'reached'\n}\n}\n}\n}";
    }

    /** A Jenkinsfile; the line of it that is complained of; words of the complaint; the names in the option. */
    private static final List<String[]> CASES = new ArrayList<>(List.of(
            new String[] {"slackSend 'x'\necho 'reached'", "1", "of the plugin slack", "slackSend"},
            new String[] {"\nlock('x') { echo 'reached' }", "2", "of the plugin lockable-resources", "lock"},
            new String[] {"echo 'x'\nif (false) { slackSend 'x' }\necho 'reached'", "2", "the plugin slack", "slackSend"
            },
            new String[] {"def f() {\n  build job: 'x'\n}\nf()\necho 'reached'", "2", "pipeline-build-step", "build"},
            new String[] {"[1].each {\n  slackSend 'x'\n}\necho 'reached'", "2", "the plugin slack", "slackSend"},
            new String[] {"def c = { -> emailext to: 'x' }\nc()\necho 'reached'", "1", "email-ext", "emailext"},
            new String[] {"steps.slackSend 'x'\necho 'reached'", "1", "the plugin slack", "slackSend"},
            new String[] {"this.slackSend 'x'\necho 'reached'", "1", "the plugin slack", "slackSend"},
            new String[] {"docker.image('x').inside { echo 'reached' }", "1", "docker-workflow", "docker"},
            new String[] {
                "node {\n  docker.withRegistry('u', 'c') {\n    def i = docker.build('n')\n    i.push()\n  }\n}\necho 'reached'",
                "2",
                "a global variable of the plugin docker-workflow",
                "docker"
            },
            new String[] {
                "docker.image('x').withRun('-e A=b') { c -> echo \"id ${c.id}\" }\necho 'reached'",
                "1",
                "docker-workflow",
                "docker"
            },
            new String[] {"Hudson.instance.doIt()\necho 'reached'", "1", "'Hudson' is a class of Jenkins core", "Hudson"
            },
            new String[] {"manager.addShortText('x')\necho 'reached'", "1", "groovy-postbuild", "manager"},
            new String[] {"openshift.withCluster { echo 'reached' }", "1", "openshift-client", "openshift"},
            new String[] {
                "step([$class: 'JUnitResultArchiver', testResults: 'x'])\necho 'reached'",
                "1",
                "",
                "JUnitResultArchiver"
            },
            new String[] {
                "step([$class: 'hudson.plugins.x.Publisher'])\necho 'reached'",
                "1",
                "[$class: 'Publisher']",
                "Publisher"
            },
            new String[] {
                "wrap([$class: 'AnsiColorBuildWrapper', colorMapName: 'x']) { echo 'reached' }",
                "1",
                "[$class: 'AnsiColorBuildWrapper']",
                "AnsiColorBuildWrapper"
            },
            new String[] {"frobnicate(1)\necho 'reached'", "1", "No such DSL method 'frobnicate' found", "frobnicate"},
            new String[] {"frobnicate(null, 1)\necho 'reached'", "1", "no step, function or variable", "frobnicate"},
            new String[] {"frobnicate { echo 'reached' }", "1", "no step, function or variable", "frobnicate"},
            new String[] {
                "properties([gitLabConnection('x'), pipelineTriggers([githubPush()])])\necho 'reached'",
                "1",
                "'githubPush'",
                "gitLabConnection,githubPush"
            },
            new String[] {
                "properties([parameters([gitParameter(name: 'x'), string(name: 'y')])])\necho 'reached'",
                "1",
                "'gitParameter'",
                "gitParameter"
            },
            new String[] {
                "withCredentials([vaultString(variable: 'x')]) { echo 'reached' }", "1", "'vaultString'", "vaultString"
            },
            new String[] {"node { checkout scm }\necho 'reached'", "1", "-Dcheckout=DIR names it", "checkout"},
            new String[] {"node {\n git 'https://x' }\necho 'reached'", "2", "-Dcheckout=DIR names it", "git"},
            new String[] {stage("any", "options { lock('x') }", ""), "3", "the option \"lock\"", "lock"},
            new String[] {
                stage("any", "options { ansiColor('xterm') }", ""), "3", "the option \"ansiColor\"", "ansiColor"
            },
            new String[] {stage("any", "", "options { lock('x') }"), "6", "the option \"lock\"", "lock"},
            new String[] {stage("any", "triggers { frob('x') }", ""), "3", "the trigger \"frob\"", "frob"},
            new String[] {
                stage("any", "parameters { gitParameter(name: 'X') }", ""),
                "3",
                "the parameter \"gitParameter\"",
                "gitParameter"
            },
            new String[] {
                stage("{ docker 'x' }", "", ""), "2", "\"docker\", which is of the plugin docker-workflow", "docker"
            },
            new String[] {stage("{ docker { image 'x'\nargs '-v a' } }", "", ""), "2", "docker-workflow", "docker"},
            new String[] {stage("{ dockerfile true }", "", ""), "2", "docker-workflow", "dockerfile"},
            new String[] {stage("{ dockerfile { dir 'x' } }", "", ""), "2", "docker-workflow", "dockerfile"},
            new String[] {stage("{ kubernetes { yaml 'x' } }", "", ""), "2", "of the plugin kubernetes", "kubernetes"},
            new String[] {
                stage("none", "", "agent { kubernetes { yaml 'x' } }"), "6", "the plugin kubernetes", "kubernetes"
            },
            new String[] {stage("any", "tools { maven 'x' }", ""), "3", "does not have tools", "maven"},
            new String[] {stage("any", "", "tools { jdk 'x' }"), "6", "does not have tools", "jdk"},
            new String[] {steps("script {\n if (true) { slackSend 'x' }\n}"), "7", "the plugin slack", "slackSend"},
            new String[] {steps("lock('x') {\n echo 'y' }"), "6", "lockable-resources", "lock"},
            new String[] {steps("container('x') {\n echo 'y' }"), "6", "of the plugin kubernetes", "container"}));

    @Test
    public void eachIsToldWithItsLineAndPluginAndTheOptionThatLetsItPassIsTrue() throws Exception {
        for (String[] each : CASES) {
            fresh();
            run(Ending.NOT_RUNNABLE, each[0]);
            List<String> lines = pipeline.lines();
            assertTrue(
                    each[0] + "\n" + pipeline.console(),
                    lines.stream()
                            .anyMatch(line ->
                                    line.startsWith("Jenkinsfile: line " + each[1] + ": ") && line.contains(each[2])));
            assertFalse(
                    pipeline.console(),
                    lines.contains("reached") || pipeline.console().contains("== S"));
            String option = "-Dstub=" + each[3];
            assertTrue(each[0] + "\n" + pipeline.console(), lines.contains(option));

            fresh();
            pipeline.stub(each[3].split(","));
            run(Ending.SUCCESS, each[0]);
            assertTrue(each[0] + "\n" + pipeline.console(), pipeline.lines().contains("reached"));
        }
    }

    @Test
    public void oneLineHasAllOfThem() throws Exception {
        String jenkinsfile = """
                def notify(text) { slackSend text }
                pipeline {
                    agent { docker 'x' }
                    options { lock('y') }
                    triggers { frob('z') }
                    parameters { gitParameter(name: 'X') }
                    tools { maven 'm' }
                    stages {
                        stage('S') {
                            agent { kubernetes { yaml 'x' } }
                            steps {
                                wrap([$class: 'AnsiColorBuildWrapper']) { echo 'x' }
                                script { docker.image('x').inside { emailext to: 'y' } }
                                notify('x')
                                echo 'reached'
                            }
                        }
                    }
                    post { always { junit 'x' } }
                }
                """;
        fresh();
        run(Ending.NOT_RUNNABLE, jenkinsfile);
        List<String> lines = pipeline.lines();
        String option = lines.get(lines.size() - 2);
        assertEquals(
                pipeline.console(),
                "-Dstub=AnsiColorBuildWrapper,docker,emailext,frob,gitParameter,junit,kubernetes,lock,maven,slackSend",
                option);

        fresh();
        pipeline.stub(option.substring("-Dstub=".length()).split(","));
        run(Ending.SUCCESS, jenkinsfile);
        assertTrue(pipeline.console(), pipeline.lines().contains("reached"));
    }

    @Test
    public void theOptionHasWhatIsLetPassAlready() throws Exception {
        fresh();
        pipeline.stub("lock");
        run(Ending.NOT_RUNNABLE, "lock('x') { slackSend 'y' }");
        assertTrue(pipeline.console(), pipeline.lines().contains("-Dstub=lock,slackSend"));
    }

    /** What a controller would tell as a mistake of the pipeline's author is told so here. */
    @Test
    public void aMistakeIsAFailureInTheWordsOfAController() throws Exception {
        String[][] cases = {
            {
                "echo undefinedName",
                "groovy.lang.MissingPropertyException: No such property: undefinedName for class: WorkflowScript (Jenkinsfile line 1)"
            },
            {
                "def s = 'x'\ns.frob()",
                "groovy.lang.MissingMethodException: No signature of method: java.lang.String.frob() is applicable for argument types: () values: []"
            },
            {
                "def m = [a: 1]\nm.a.frob",
                "groovy.lang.MissingPropertyException: No such property: frob for class: java.lang.Integer (Jenkinsfile line 2)"
            },
            {
                "class C { def f() { sh 'x' } }\nnew C().f()",
                "groovy.lang.MissingMethodException: No signature of method: C.sh() is applicable"
            },
            {
                "class C { def f() { docker } }\nnew C().f()",
                "groovy.lang.MissingPropertyException: No such property: docker for class: C"
            },
            {
                "def x = null\nx.foo",
                "java.lang.NullPointerException: Cannot get property 'foo' on null object (Jenkinsfile line 2)"
            },
        };
        for (String[] each : cases) {
            fresh();
            pipeline.stub("docker");
            run(Ending.FAILURE, each[0]);
            assertTrue(pipeline.console(), pipeline.console().contains("ERROR: " + each[1]));
        }
    }

    @Test
    public void aKindOfCredentialsThatThereIsNotCanBeLetPass() throws Exception {
        String[][] cases = {
            {"sshUserPrivateKey(credentialsId: 'x', keyFileVariable: 'K')", "sshUserPrivateKey"},
            {"certificate(credentialsId: 'x', keystoreVariable: 'K')", "certificate"},
            {"file(credentialsId: 'x', variable: 'K')", "file"},
            {"[$class: 'SSHUserPrivateKeyBinding', credentialsId: 'x', keyFileVariable: 'K']", "sshUserPrivateKey"},
            {"[$class: 'FileBinding', credentialsId: 'x', variable: 'K']", "file"},
        };
        for (String[] each : cases) {
            String jenkinsfile = "withCredentials([" + each[0] + "]) { echo \"reached ${env.K}\" }";
            fresh();
            run(Ending.NOT_RUNNABLE, jenkinsfile);
            String hint = "-Dstub=" + each[1] + " lets it pass: its variables are not set";
            assertTrue(pipeline.console(), pipeline.console().contains(hint));
            fresh();
            pipeline.stub(each[1]);
            run(Ending.SUCCESS, jenkinsfile);
            assertTrue(pipeline.console(), pipeline.lines().contains("reached null"));
        }
    }

    @Test
    public void aClassOfAControllerIsToldAsOne() throws Exception {
        fresh();
        run(Ending.NOT_RUNNABLE, "import hudson.model.User\necho 'x'");
        assertTrue(
                pipeline.console(),
                pipeline.lines()
                        .contains(
                                "Jenkinsfile: line 1: unable to resolve class hudson.model.User (a class of Jenkins or of a"
                                        + " plugin, which the rehearsal does not have)"));
    }

    @Test
    public void theHintOfAnUnknownVariableIsTrue() throws Exception {
        String jenkinsfile = "frob.nicate('x') { echo 'reached' }";
        fresh();
        run(Ending.FAILURE, jenkinsfile);
        assertTrue(
                pipeline.console(),
                pipeline.console().contains("is a global variable of a plugin, -Dstub=frob lets it pass"));
        fresh();
        pipeline.stub("frob");
        run(Ending.SUCCESS, jenkinsfile);
        assertTrue(pipeline.console(), pipeline.lines().contains("reached"));
    }

    /** Members of what a controller has in another form: not runnable, and no catch hides it. */
    @Test
    public void whatOfAControllerIsMissingHereIsNotRunnable() throws Exception {
        String[][] cases = {
            {"currentBuild.frobnicate", "does not have frobnicate of currentBuild"},
            {"currentBuild.frobnicate()", "does not have frobnicate() of currentBuild"},
            {"currentBuild.frobnicate = 1", "does not have frobnicate of currentBuild"},
            {"scm.branches", "does not have branches of a description such as scm"},
        };
        for (String[] each : cases) {
            fresh();
            run(
                    Ending.NOT_RUNNABLE,
                    "echo 'x'\ntry {\n" + each[0] + "\n} catch (Throwable e) { echo 'hidden' }\necho 'on'");
            assertTrue(
                    pipeline.console(), pipeline.console().contains("Jenkinsfile: line 3: the rehearsal " + each[1]));
            assertFalse(
                    pipeline.console(),
                    pipeline.lines().contains("hidden") || pipeline.lines().contains("on"));
        }
    }

    @Test
    public void currentBuildHasWhatThereIsToSay() throws Exception {
        fresh();
        run(Ending.SUCCESS, """
                echo "${currentBuild.changeSets} ${currentBuild.upstreamBuilds} ${currentBuild.previousSuccessfulBuild}"
                echo "${currentBuild.buildCauses[0].shortDescription} ${currentBuild.absoluteUrl}"
                echo "${currentBuild.getBuildCauses('hudson.model.Cause$UserIdCause').size()}"
                """.replace("'hudson.model.Cause$", "'hudson.model.Cause\\$"));
        assertTrue(pipeline.console(), pipeline.lines().contains("[] [] null"));
        assertTrue(
                pipeline.console(),
                pipeline.lines().contains("Started by user tester https://jenkins.invalid/job/test/1/"));
        assertTrue(pipeline.console(), pipeline.lines().contains("1"));
    }

    /** On a node that is a Unix one the other branch is not reached. */
    @Test
    public void whatIsForAnotherSystemIsNotLookedAt() throws Exception {
        for (String choice : new String[] {
            "if (isUnix()) { echo 'reached' } else { slackSend 'x' }",
            "if (!isUnix()) { slackSend 'x' } else { echo 'reached' }"
        }) {
            fresh();
            run(Ending.SUCCESS, "node { " + choice + " }");
            assertTrue(pipeline.console(), pipeline.lines().contains("reached"));
        }
    }

    /** Names that Groovy finds elsewhere than among steps. */
    @Test
    public void whatTheScriptHasItselfIsNoStep() throws Exception {
        for (String script : new String[] {
            "def f(x) { x + 1 }\nassert f(1) == 2",
            "f = { x -> x + 1 }\nassert f(1) == 2",
            "def f = { it + 1 }\nassert f(1) == 2",
            "def g(Closure c) { c(1) }\ng { echo \"${it}\" }",
            "class C { def f() { g() }\ndef g() { 1 } }\nassert new C().f() == 1",
            "class A { def build() { 1 } }\nclass B extends A { def f() { build() + this.build() } }\nassert new B().f() == 2",
            "def m = [size2: { -> 2 }]\nassert m.size2() == 2",
            "def s = new StringBuilder()\ns.with { it.append('x'); it.append('y') }\nassert s.toString() == 'xy'",
            "import groovy.transform.Field\n@Field def f = { 1 }\nassert f() == 1",
            "import static java.lang.Math.max\nassert max(1, 2) == 2",
            "enum E { A, B }\nassert E.A.name() == 'A'",
            "assert sprintf('%d', 1) == '1'",
            "[1].each { lock -> echo \"${lock}\" }",
            "def (a, b) = [1, 2]\nassert a + b == 3",
            "for (docker in [1]) { echo \"${docker}\" }",
            "try { error 'x' } catch (manager) { echo manager.message }",
        }) {
            fresh();
            run(Ending.SUCCESS, script);
        }
    }

    @Test
    public void answersOfMembersOfAGlobalCanBeGiven() throws Exception {
        fresh();
        pipeline.stub("docker").answer("docker.build", "built");
        run(Ending.SUCCESS, "echo \"it is ${docker.build('x')}\"");
        assertTrue(pipeline.console(), pipeline.lines().contains("it is built"));
    }
}
