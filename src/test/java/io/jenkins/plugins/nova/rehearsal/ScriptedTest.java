package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Each construct of a scripted pipeline: what the operator sees, and how the build ends. */
public class ScriptedTest {
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

    @Test
    public void groovyLoopsClosuresAndFunctionsSuspendAnywhere() throws Exception {
        ends(Ending.SUCCESS, """
                def twice(x) { sleep time: 1, unit: 'MILLISECONDS'; return x * 2 }
                for (n in [1, 2]) { echo "for ${twice(n)}" }
                [3, 4].each { echo "each ${twice(it)}" }
                def all = [5, 6].collect { twice(it) }
                echo "collected ${all}"
                def c = { x -> echo "closure ${twice(x)}" }
                c(7)
                println 'printed'
                """);
        sees("for 2", "for 4", "each 6", "each 8", "collected [10, 12]", "closure 14", "printed");
    }

    @Test
    public void stepsReturnValuesAndThrowIntoTheScript() throws Exception {
        ends(Ending.SUCCESS, """
                try {
                    error 'no'
                } catch (hudson.AbortException e) {
                    echo "caught ${e.message}"
                } finally {
                    echo 'finally'
                }
                """);
        sees("caught no", "finally");
    }

    @Test
    public void uncaughtErrorFailsAndNamesItsLine() throws Exception {
        ends(Ending.FAILURE, "echo 'one'\nerror 'broken'\necho 'never'");
        sees("one", "ERROR: broken (Jenkinsfile line 2)");
        assertFalse(pipeline.console().contains("never"));
    }

    @Test
    public void groovyExceptionIsTextWithoutStackTrace() throws Exception {
        ends(Ending.FAILURE, "echo 'one'\ndef x = null\nx.foo()");
        assertTrue(pipeline.console(), pipeline.console().contains("ERROR: java.lang.NullPointerException"));
        assertTrue(pipeline.console(), pipeline.console().contains("(Jenkinsfile line 3)"));
        assertFalse(pipeline.console(), pipeline.console().contains("\tat "));
    }

    @Test
    public void groovyExceptionInABlockIsNamedByItsOwnLine() throws Exception {
        ends(Ending.FAILURE, "stage('One') {\n  def x = null\n  x.foo()\n}");
        assertTrue(pipeline.console(), pipeline.console().contains("(Jenkinsfile line 3)"));
    }

    @Test
    public void parallelBranchesEndOutOfOrder() throws Exception {
        ends(Ending.SUCCESS, """
                def r = parallel(
                    slow: { sleep time: 300, unit: 'MILLISECONDS'; echo 'slow ends'; return 1 },
                    quick: { echo 'quick ends'; return 2 })
                echo "values ${r}"
                """);
        sees("[quick] quick ends", "[slow] slow ends", "values [slow:1, quick:2]");
    }

    @Test
    public void parallelWaitsForAllBranchesOfWhichOneFails() throws Exception {
        ends(Ending.FAILURE, """
                parallel(bad: { error 'boo' }, good: { sleep time: 200, unit: 'MILLISECONDS'; echo 'good ends' })
                """);
        sees("Failed in branch bad: boo", "[good] good ends", "ERROR: boo (Jenkinsfile line 1)");
    }

    @Test
    public void failFastStopsTheOtherBranches() throws Exception {
        ends(Ending.FAILURE, """
                parallel(bad: { error 'boo' }, good: { sleep 100; echo 'never' }, failFast: true)
                """);
        sees("Failed in branch bad: boo", "Failed in branch good: Failed in branch bad");
        assertFalse(pipeline.console().contains("never"));
    }

    @Test
    public void timeoutInterruptsTheStepInside() throws Exception {
        ends(Ending.ABORTED, "timeout(time: 100, unit: 'MILLISECONDS') {\n sleep 100 }\necho 'never'");
        sees(
                "Timeout set to expire in 100 ms",
                "Cancelling nested steps due to timeout",
                "Timeout has been exceeded (Jenkinsfile line 2)");
    }

    @Test
    public void retryRunsAgainAfterFailuresAndTimeouts() throws Exception {
        ends(Ending.SUCCESS, """
                int n = 0
                retry(3) {
                    n++
                    if (n == 1) { error 'first' }
                    if (n == 2) { timeout(time: 50, unit: 'MILLISECONDS') { sleep 100 } }
                    echo "attempt ${n}"
                }
                """);
        sees("ERROR: first", "Retrying", "ERROR: Timeout has been exceeded", "Retrying", "attempt 3");
    }

    @Test
    public void retryGivesUpWithTheLastFailure() throws Exception {
        ends(Ending.FAILURE, "int n = 0\nretry(2) { n++; error \"attempt ${n}\" }");
        sees("ERROR: attempt 1", "ERROR: attempt 2 (Jenkinsfile line 2)");
    }

    @Test
    public void catchErrorMarksTheBuildAndGoesOn() throws Exception {
        ends(Ending.UNSTABLE, """
                catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE', message: 'cleaning up') { error 'boo' }
                echo "now ${currentBuild.currentResult}"
                """);
        sees("cleaning up", "ERROR: boo", "now UNSTABLE");
    }

    @Test
    public void warnErrorAndUnstableMarkUnstable() throws Exception {
        ends(Ending.UNSTABLE, "warnError('careful') { error 'boo' }\nunstable 'hm'");
        sees("careful", "ERROR: boo", "WARNING: hm");
    }

    @Test
    public void waitUntilTriesAgain() throws Exception {
        ends(
                Ending.SUCCESS,
                "int n = 0\nwaitUntil(initialRecurrencePeriod: 10) { n++; return n == 3 }\necho \"n=${n}\"");
        sees("Will try again after 10 ms", "Will try again after 12 ms", "n=3");
    }

    @Test
    public void inputIsAnsweredBeforehand() throws Exception {
        pipeline.answer(true);
        ends(Ending.SUCCESS, """
                def x = input message: 'Go on?', parameters: [string(name: 'WHY', defaultValue: 'because')]
                def who = input message: 'Who?', submitterParameter: 'WHO'
                echo "x=${x} who=${who}"
                """);
        sees("Go on?", "(rehearsal) answered by -Danswer=proceed", "Approved by tester", "x=because who=tester");
    }

    @Test
    public void inputRejectedAborts() throws Exception {
        pipeline.answer(false);
        ends(Ending.ABORTED, "input 'Go on?'\necho 'never'");
        sees("Rejected by tester (Jenkinsfile line 1)");
    }

    @Test
    public void inputIsAskedAtTheTerminal() throws Exception {
        pipeline.typing("maybe\nq\nfalse\np\n");
        ends(Ending.SUCCESS, """
                def x = input message: 'Go?', ok: 'Do it', parameters: [booleanParam(name: 'SURE', defaultValue: true)]
                echo "x=${x}"
                """);
        sees(
                "Go?",
                "SURE [true]:",
                "parameter SURE must be true or false, not 'maybe'",
                "Do it or abort? [p/a]",
                "x=false");
    }

    @Test
    public void inputWithNobodyThereIsAnsweredOnASimulatedCloud() throws Exception {
        pipeline.simulated();
        ends(Ending.SUCCESS, """
                def x = input message: 'Go on?', parameters: [string(name: 'WHY', defaultValue: 'because')]
                echo "went on ${x}"
                """);
        sees(
                "(rehearsal) nobody is at a terminal: on the simulated cloud that is answered as proceed; -Danswer=abort"
                        + " for the other answer",
                "went on because");
    }

    @Test
    public void anAnswerGivenBeforehandCountsBeforeNobody() throws Exception {
        pipeline.simulated().answer(false);
        ends(Ending.ABORTED, "input 'Go on?'\necho 'never'");
    }

    @Test
    public void somebodyAtATerminalIsAskedOnASimulatedCloudToo() throws Exception {
        pipeline.simulated().typing("a\n");
        ends(Ending.ABORTED, "input 'Go on?'\necho 'never'");
    }

    @Test
    public void aConsoleWithoutACharacterGetsAPlainOne() throws Exception {
        pipeline.charset(StandardCharsets.US_ASCII);
        ends(Ending.SUCCESS, "echo 'a \u2026 b \u2192 c \u2013 d \u00fc'");
        sees("a ... b -> c - d ?");
    }

    @Test
    public void inputWithNobodyThereIsNotRunnable() throws Exception {
        ends(Ending.NOT_RUNNABLE, "input 'Go on?'");
        assertTrue(pipeline.console(), pipeline.console().contains("-Danswer=proceed or -Danswer=abort"));
    }

    @Test
    public void filesOfTheWorkspace() throws Exception {
        ends(Ending.SUCCESS, """
                node {
                    writeFile file: 'out/a.txt', text: 'hello'
                    echo "${readFile('out/a.txt')} ${fileExists('out/a.txt')} ${fileExists('b')}"
                    writeJSON file: 'a.json', json: [name: 'x', list: [1, 2]]
                    echo "json ${readJSON(file: 'a.json').list[1]}"
                    archiveArtifacts artifacts: '**/*.txt, *.json'
                }
                """);
        sees("hello true false", "json 2");
        assertEquals("hello", Files.readString(folder.getRoot().toPath().resolve("artifacts/out/a.txt")));
    }

    @Test
    public void archivingNothingFails() throws Exception {
        ends(Ending.FAILURE, "node { archiveArtifacts 'none/*' }");
        assertTrue(
                pipeline.console(),
                pipeline.console().contains("No artifacts found that match the file pattern \"none/*\""));
    }

    @Test
    public void stepThatNeedsANodeSaysSo() throws Exception {
        ends(Ending.FAILURE, "sh 'true'");
        assertTrue(pipeline.console(), pipeline.console().contains("sh needs a node; put it inside node { … }"));
    }

    @Test
    public void shReallyRuns() throws Exception {
        pipeline.commands();
        ends(Ending.FAILURE, """
                node {
                    withEnv(['WHO=world']) { sh 'echo hello $WHO' }
                    echo "out=${sh(script: 'echo one; echo two >&2', returnStdout: true).trim()}"
                    echo "status=${sh(script: 'exit 3', returnStatus: true)}"
                    sh 'exit 7'
                }
                """);
        sees("hello world", "out=one", "status=3", "ERROR: script returned exit code 7 (Jenkinsfile line 5)");
    }

    @Test
    public void credentialsAreBoundAndMasked() throws Exception {
        pipeline.commands().secret("token", "s3cr3t-value").secret("login", "anna:pa55word");
        ends(Ending.SUCCESS, """
                node {
                    withCredentials([string(credentialsId: 'token', variable: 'T'),
                            usernamePassword(credentialsId: 'login', usernameVariable: 'U', passwordVariable: 'P')]) {
                        echo "t=${env.T} u=${U} p=${P}"
                        sh 'echo "$T $P"'
                    }
                    echo "after ${env.T}"
                }
                """);
        sees("Masking supported pattern matches of $T or $U or $P", "t=**** u=anna p=****", "**** ****", "after null");
        assertFalse(pipeline.console().contains("s3cr3t") || pipeline.console().contains("pa55word"));
    }

    @Test
    public void missingCredentialSaysHowToGiveIt() throws Exception {
        ends(Ending.FAILURE, "withCredentials([string(credentialsId: 'my-token', variable: 'T')]) { echo 'x' }");
        assertTrue(
                pipeline.console(),
                pipeline.console()
                        .contains(
                                "Could not find credentials entry with ID 'my-token': give it in the environment variable CREDENTIAL_MY_TOKEN"));
    }

    @Test
    public void parametersEnvironmentAndCurrentBuild() throws Exception {
        pipeline.parameter("HOST", "compute2");
        ends(Ending.FAILURE, """
                properties([parameters([string(name: 'HOST', defaultValue: 'c1'), choice(name: 'M', choices: ['a', 'b'])])])
                env.MINE = 'mine'
                echo "${params.HOST} ${params.M} ${env.HOST} ${HOST} ${env.MINE} ${env.BUILD_NUMBER} ${env.NONE}"
                currentBuild.displayName = 'drain'
                currentBuild.description = 'of compute2'
                currentBuild.result = 'FAILURE'
                currentBuild.result = 'SUCCESS'
                echo "${currentBuild.displayName} ${currentBuild.number} ${currentBuild.currentResult}"
                """);
        sees("compute2 a compute2 compute2 mine 1 null", "drain 1 FAILURE");
        assertEquals("of compute2", pipeline.build().getDescription());
    }

    @Test
    public void parameterThatIsNotDeclaredIsNotRunnable() throws Exception {
        pipeline.parameter("HSOT", "x");
        ends(Ending.NOT_RUNNABLE, "properties([parameters([string(name: 'HOST')])])");
        sees("-Dparams: the pipeline has no parameter HSOT; it has HOST");
    }

    @Test
    public void stepOfAnotherPluginStopsBeforeAnythingRuns() throws Exception {
        ends(Ending.NOT_RUNNABLE, "echo 'first'\nslackSend 'done'\nlock('x') { echo 'y' }");
        sees(
                "Jenkinsfile: line 2: 'slackSend' is a step of the plugin slack, which the rehearsal does not have;"
                        + " -Dstub=slackSend lets it pass without doing anything",
                "Jenkinsfile: line 3: 'lock' is a step of the plugin lockable-resources, which the rehearsal does not"
                        + " have; -Dstub=lock lets it pass without doing anything");
        assertFalse(pipeline.console().contains("first"));
    }

    @Test
    public void unknownNameStopsWhereItIsCalledAndNoCatchHidesIt() throws Exception {
        ends(Ending.NOT_RUNNABLE, "try {\n frobnicate a: 1\n} catch (Throwable t) { echo 'hidden' }");
        sees(
                "Jenkinsfile: line 2: 'frobnicate' is no step, function or variable that the rehearsal knows: of a plugin or a"
                        + " shared library (-Dlibrary=DIR), or a mistake, of which a controller says: No such DSL method"
                        + " 'frobnicate' found; -Dstub=frobnicate lets it pass without doing anything",
                "-Dstub=frobnicate");
        assertFalse(pipeline.console().contains("hidden"));
    }

    @Test
    public void stubsPassAndTheirBlocksRun() throws Exception {
        pipeline.stub("lock", "frobnicate");
        ends(Ending.SUCCESS, "lock('x') { echo 'inside' }\nfrobnicate 1, 2");
        sees(
                "(rehearsal) lock is stubbed: nothing is done, its block runs",
                "inside",
                "(rehearsal) frobnicate is stubbed: nothing is done; it returns null (-Dstub.frobnicate=… for another value)");
    }

    @Test
    public void unknownParameterNamesTheKnownOnes() throws Exception {
        ends(Ending.FAILURE, "nodeEvacuate host: 'c1', hots: 'c2'");
        assertTrue(
                pipeline.console(),
                pipeline.console()
                        .contains(
                                "nodeEvacuate: there is no parameter 'hots'; did you mean host? There are: approve, "));
    }

    @Test
    public void syntaxErrorIsNotRunnable() throws Exception {
        ends(Ending.NOT_RUNNABLE, "echo 'one'\necho ('two'\n");
        assertTrue(pipeline.console(), pipeline.console().contains("Jenkinsfile: line "));
    }

    @Test
    public void abortInterruptsTheRunningStep() throws Exception {
        CompletableFuture<Ending> ending = CompletableFuture.supplyAsync(() -> {
            try {
                return pipeline.run("try { sleep 100 } finally { echo 'tidied' }\necho 'never'");
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
        });
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> pipeline.console().contains("Sleeping"));
        pipeline.rehearsal().abort("anna");
        assertEquals(Ending.ABORTED, ending.get(30, TimeUnit.SECONDS));
        sees("tidied", "Aborted by anna (Jenkinsfile line 1)");
        assertFalse(pipeline.console().contains("never"));
    }
}
