package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Scripts that do not end by themselves, and scripts that are too long. */
public class WithoutEndTest {
    private static final String STOP = "rehearsal.test.stop";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rehearsed pipeline;

    @Before
    public void begin() throws Exception {
        pipeline = new Rehearsed(folder.newFolder()).simulated();
    }

    private void ends(Ending expected, String jenkinsfile) throws Exception {
        Ending ending = pipeline.run(jenkinsfile);
        assertEquals(pipeline.console(), expected, ending);
    }

    private void says(String part) {
        assertTrue(pipeline.console(), pipeline.console().contains(part));
    }

    private static final String[] LOOPS = {
        "while (true) { }",
        "for (int i = 0; true; i++) { }",
        "while (true) { def x = [1, 2].collect { it + 1 } }",
        "def f() { while (true) { } }\nf()",
        "def c = { -> while (true) { } }\nc()",
        "[1].each { while (true) { } }",
        "while (true) { echo 'x' }",
        "try { while (true) { } } finally { echo 'tidied' }",
    };

    private static String timed(String loop) {
        int function = loop.startsWith("def f") ? loop.indexOf('\n') + 1 : 0;
        return loop.substring(0, function) + "timeout(time: 100, unit: 'MILLISECONDS') {\n" + loop.substring(function)
                + "\n}";
    }

    @Test
    public void aTimeoutEndsALoop() throws Exception {
        for (String loop : LOOPS) {
            begin();
            ends(Ending.ABORTED, timed(loop));
            says("Timeout has been exceeded");
        }
    }

    private CompletableFuture<Ending> running(String jenkinsfile) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return pipeline.run(jenkinsfile);
            } catch (Exception broken) {
                throw new CompletionException(broken);
            }
        });
    }

    private void awaits(String part) {
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> pipeline.console().contains(part));
    }

    @Test
    public void anAbortEndsALoop() throws Exception {
        for (String loop : LOOPS) {
            begin();
            CompletableFuture<Ending> ending = running("echo 'begun'\n" + loop);
            awaits("begun");
            pipeline.rehearsal().abort("anna");
            assertEquals(loop, Ending.ABORTED, ending.get(30, TimeUnit.SECONDS));
            says("Aborted by anna");
        }
    }

    @Test
    public void aLoopHoldsUpNoOtherBranch() throws Exception {
        ends(
                Ending.SUCCESS,
                "def done = false\nparallel(a: { while (!done) { } }, b: { sleep time: 50, unit: 'MILLISECONDS'; done = true })");
    }

    @Test
    public void aRecursionWithoutEndFails() throws Exception {
        ends(Ending.FAILURE, "def f(x) { f(x + 1) }\nf(1)");
        says("ERROR: java.lang.StackOverflowError");
    }

    @Test
    public void whatDoesNotGiveWayIsInterrupted() throws Exception {
        pipeline.withoutSandbox().bound(Duration.ofMillis(500));
        ends(
                Ending.SUCCESS,
                "@NonCPS def f() {\n while (!Thread.currentThread().isInterrupted()) { }\n 1 }\necho \"f ${f()}\"\nsleep time: 1, unit: 'MILLISECONDS'");
        says("without giving way (Jenkinsfile line 2): it is interrupted now, as by a controller");
        says("f 1");
    }

    @Test
    public void whatDoesNotStopThenIsGivenUp() throws Exception {
        System.clearProperty(STOP);
        pipeline.withoutSandbox().bound(Duration.ofMillis(300));
        try {
            ends(
                    Ending.NOT_RUNNABLE,
                    "@NonCPS def f() {\n while (System.getProperty('" + STOP + "') == null) { }\n}\nf()");
            says("without giving way (Jenkinsfile line 2), and does not stop. A controller would wait for ever.");
        } finally {
            System.setProperty(STOP, "x");
        }
    }

    private static String stages(int count) {
        StringBuilder stages = new StringBuilder("pipeline {\nagent none\nstages {\n");
        for (int i = 0; i < count; i++) {
            stages.append("stage('s")
                    .append(i)
                    .append("') { steps { echo 'at ")
                    .append(i)
                    .append("' } }\n");
        }
        return stages + "}\n}";
    }

    @Test
    public void moreStagesThanAListOfGroovyCpsHasElements() throws Exception {
        ends(Ending.SUCCESS, stages(260));
        says("at 259");
    }

    @Test
    public void whatIsTooLongForGroovyIsToldWithItsLine() throws Exception {
        ends(Ending.NOT_RUNNABLE, "echo 'x'\ndef l = [" + "1, ".repeat(250) + "1]");
        says("Jenkinsfile: line 2: List expressions can only contain up to 250 elements");
        begin();
        ends(Ending.NOT_RUNNABLE, "echo 'x'\ndef m = [" + "a: 1, ".repeat(125) + "b: 1]");
        says("Jenkinsfile: line 2: Map expressions can only contain up to 125 entries");
        begin();
        ends(Ending.NOT_RUNNABLE, "echo 'x'\n".repeat(4000));
        assertFalse(pipeline.console(), pipeline.console().contains("line -1"));
        says("a block may have 255 statements");
    }
}
