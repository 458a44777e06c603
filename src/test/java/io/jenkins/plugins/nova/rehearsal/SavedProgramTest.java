package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The program is saved at each step that waits, and goes on with what was saved. */
public class SavedProgramTest {
    private static final String MATCHER = "java.util.regex.Matcher";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rehearsed pipeline;

    private void fresh() throws Exception {
        pipeline = new Rehearsed(folder.newFolder()).simulated();
    }

    private void ends(Ending expected, String jenkinsfile) throws Exception {
        Ending ending = pipeline.run(jenkinsfile);
        assertEquals(jenkinsfile + "\n" + pipeline.console(), expected, ending);
    }

    private static final String SLEEP = "sleep time: 1, unit: 'MILLISECONDS'";

    /** What cannot be saved: how it is made, and its class as the controller names it. */
    @Test
    public void whatCannotBeSavedFailsTheStepThatWaits() throws Exception {
        String[][] objects = {
            {"('abc' =~ /b/)", MATCHER},
            {"[1, 2].stream()", "java.util.stream.ReferencePipeline$Head"},
            {"new StringReader('x')", "java.io.StringReader"},
            {"new ByteArrayInputStream('x'.bytes)", "java.io.ByteArrayInputStream"},
            {"new groovy.json.JsonSlurper().parseText('{\"a\": 1}')", "groovy.json.internal.LazyMap"},
            {"[a: [1, ['x' =~ /x/]]]", MATCHER},
            {"[a: 1].entrySet().iterator().next()", null},
            {"(1..3)", "groovy.lang.IntRange"},
            {"[a: 1].iterator()", "java.util.LinkedHashMap$LinkedEntryIterator"},
        };
        for (String[] object : objects) {
            fresh();
            String script = "\ndef x = " + object[0] + "\n" + SLEEP + "\necho \"on ${x != null}\"";
            if (object[1] == null) {
                ends(Ending.SUCCESS, script);
                continue;
            }
            ends(Ending.FAILURE, script);
            assertTrue(
                    pipeline.console(),
                    pipeline.lines()
                            .contains(
                                    "ERROR: java.io.NotSerializableException: " + object[1] + " (Jenkinsfile line 3)"));
            assertTrue(pipeline.console(), pipeline.console().contains("let go of it before such a step"));
            assertFalse(pipeline.console(), pipeline.lines().contains("on true"));
        }
    }

    /** Each step at which a controller waits. */
    @Test
    public void atEachStepThatWaits() throws Exception {
        for (String step : new String[] {
            SLEEP,
            "input 'x'",
            "node { sh 'x' }",
            "node { readFile 'x' }",
            "node { writeFile file: 'x', text: 'y' }",
            "node { bat 'x' }",
            "stage('x') { " + SLEEP + " }",
            "httpRequest 'http://x'",
            "build job: 'x'",
            "parallel(a: { " + SLEEP + " })",
            "retry(1) { " + SLEEP + " }",
            "waitUntil { " + SLEEP + "; true }",
            "withEnv(['A=b']) { " + SLEEP + " }",
            "def f() { " + SLEEP + " }; f()",
            "[1].each { " + SLEEP + " }",
        }) {
            fresh();
            pipeline.stub("build");
            String[] parts = step.startsWith("def ") ? step.split("; ") : new String[] {"", step};
            ends(Ending.FAILURE, parts[0] + "\ndef m = 'x' =~ /x/\n" + parts[1] + "\necho 'on'");
            assertTrue(
                    step + "\n" + pipeline.console(),
                    pipeline.console().contains("ERROR: java.io.NotSerializableException: " + MATCHER));
        }
    }

    @Test
    public void notAtStepsThatDoNotWaitAndNotWhereItIsLetGo() throws Exception {
        for (String script : new String[] {
            "def m = 'x' =~ /x/\necho 'a'\necho \"${m.matches()}\"",
            "def m = 'x' =~ /x/\ndef y = m[0]\nm = null\n" + SLEEP + "\necho y",
            "def f() { def m = 'x' =~ /x/; return m[0] }\ndef y = f()\n" + SLEEP + "\necho y",
            "@NonCPS def f() { ('x' =~ /x/)[0] }\n" + SLEEP + "\necho f()",
            "if ('x' =~ /x/) { " + SLEEP + " }",
            "def x = ('x' =~ /x/) ? 1 : 2\n" + SLEEP,
            "echo \"${('x' =~ /x/)[0]}\"\n" + SLEEP,
            "def m = 'x' =~ /x/\ncurrentBuild.description = 'x'\nnode { echo \"${isUnix()} ${pwd()}\" }",
        }) {
            fresh();
            ends(Ending.SUCCESS, script);
        }
    }

    @Test
    public void aScriptMayCatchIt() throws Exception {
        fresh();
        ends(
                Ending.SUCCESS,
                "def m = 'x' =~ /x/\ntry {\n" + SLEEP
                        + "\n} catch (NotSerializableException e) { m = null\necho \"caught ${e.message}\" }\n" + SLEEP
                        + "\necho 'on'");
        assertTrue(pipeline.console(), pipeline.lines().contains("caught " + MATCHER));
        assertTrue(pipeline.console(), pipeline.lines().contains("on"));
    }

    @Test
    public void theBranchThatBeganLastGetsIt() throws Exception {
        fresh();
        ends(
                Ending.FAILURE,
                "parallel(a: { def m = 'x' =~ /x/; sleep time: 100, unit: 'MILLISECONDS'; echo 'a on' },"
                        + " b: { sleep time: 100, unit: 'MILLISECONDS'; echo 'b on' })");
        assertTrue(
                pipeline.console(),
                pipeline.console().contains("Failed in branch b: java.io.NotSerializableException"));
    }

    @Test
    public void durabilityHints() throws Exception {
        String body = "def m = 'x' =~ /x/\n" + SLEEP + "\necho 'on'";
        Object[][] hints = {
            {"PERFORMANCE_OPTIMIZED", Ending.SUCCESS},
            {"SURVIVABLE_NONATOMIC", Ending.FAILURE},
            {"MAX_SURVIVABILITY", Ending.FAILURE}
        };
        for (Object[] hint : hints) {
            for (String form : new String[] {"('" + hint[0] + "')", "(hint: '" + hint[0] + "')"}) {
                fresh();
                ends((Ending) hint[1], "properties([durabilityHint" + form + "])\n" + body);
                fresh();
                ends(
                        (Ending) hint[1],
                        "pipeline {\nagent any\noptions { durabilityHint" + form
                                + " }\nstages { stage('S') { steps { script {\n" + body + "\n} } } } }");
            }
        }
        fresh();
        ends(Ending.FAILURE, "properties([durabilityHint('FAST')])");
        assertTrue(pipeline.console(), pipeline.console().contains("durabilityHint must be one of [MAX_SURVIVABILITY"));
    }

    /** As if the controller were restarted at each of them: what goes on is what was read. */
    @Test
    public void whatWasSavedGoesOn() throws Exception {
        String[][] scripts = {
            {"def x = [a: [1, 2]]\ndef y = x.a\n" + SLEEP + "\ny << 3\necho \"${x.a}\"", "[1, 2, 3]"},
            {"def n = 0\n3.times { " + SLEEP + "; n++ }\necho \"n=${n}\"", "n=3"},
            {"def n = 0\nfor (x in [1, 2, 3]) { " + SLEEP + "; n += x }\necho \"n=${n}\"", "n=6"},
            {"def n = ''\nfor (x in [a: 1, b: 2].entrySet()) { " + SLEEP + "; n += x.key }\necho \"n=${n}\"", "n=ab"},
            {"def n = ''\n[a: 1, b: 2].each { k, v -> " + SLEEP + "; n += k + v }\necho \"n=${n}\"", "n=a1b2"},
            {"def n = 0\nfor (x in ([1, 2] as Set)) { " + SLEEP + "; n += x }\necho \"n=${n}\"", "n=3"},
            {"def n = 0\nfor (x in ([1, 2] as Integer[])) { " + SLEEP + "; n += x }\necho \"n=${n}\"", "n=3"},
            {"def n = 0\nretry(3) { " + SLEEP + "; n++; if (n < 3) { error 'x' } }\necho \"n=${n}\"", "n=3"},
            {"def n = 0\nwaitUntil(initialRecurrencePeriod: 1) { " + SLEEP + "; n++; n == 3 }\necho \"n=${n}\"", "n=3"},
            {"def n = 0\nparallel(a: { " + SLEEP + "; n++ }, b: { " + SLEEP + "; n++ })\necho \"n=${n}\"", "n=2"},
            {
                "def f(n) { if (n == 0) { " + SLEEP + "; return 0 }\n return f(n - 1) + 1 }\necho \"deep ${f(400)}\"",
                "deep 400"
            },
            {"x = 1\n" + SLEEP + "\nx++\necho \"x=${x}\"", "x=2"},
            {
                "import groovy.transform.Field\n@Field int f = 1\ndef g() { f++ }\n" + SLEEP + "\ng()\necho \"f=${f}\"",
                "f=2"
            },
            {
                "class C implements Serializable { int i; def up() { i++ } }\ndef c = new C(i: 1)\n" + SLEEP
                        + "\nc.up()\necho \"i=${c.i}\"",
                "i=2"
            },
            {
                "def e = env\ndef b = currentBuild\n" + SLEEP
                        + "\ne.X = 'y'\nb.description = 'd'\necho \"${env.X} ${currentBuild.description}\"",
                "y d"
            },
            {"def c = { x -> " + SLEEP + "; x + 1 }\n" + SLEEP + "\necho \"${c(1)}\"", "2"},
            {
                "try { try { error 'x' } finally { " + SLEEP + "; echo 'f' } } catch (e) { " + SLEEP
                        + "; echo \"c ${e.message}\" }",
                "c x"
            },
            {"node { def p = pwd(); withEnv(['A=b']) { " + SLEEP + "; echo \"${env.A} ${pwd() == p}\" } }", "b true"},
            {"catchError { " + SLEEP + "; error 'x' }\ncurrentBuild.result == 'FAILURE' ? echo('marked') : 1", "marked"
            },
            {"timeout(1) { " + SLEEP + " }\necho 'on'", "on"},
            {"def s = steps\n" + SLEEP + "\ns.echo 'by steps'", "by steps"},
            {"def r = build('x')\n" + SLEEP + "\necho \"r ${r.result}\"", "r SUCCESS"},
            {"docker.image('x').inside { " + SLEEP + "; echo 'inside' }", "inside"},
            {"def p = string(name: 'x')\n" + SLEEP + "\necho \"${p.symbol()}\"", "string"},
            {
                "withCredentials([string(credentialsId: 'c', variable: 'V')]) { " + SLEEP
                        + "; echo \"${V == 'secret-text'}\" }",
                "true"
            },
        };
        for (String[] each : scripts) {
            fresh();
            pipeline.restarting()
                    .stub("docker")
                    .answer("build", "{\"result\": \"SUCCESS\"}")
                    .secret("c", "secret-text");
            pipeline.run(each[0]);
            assertTrue(each[0] + "\n" + pipeline.console(), pipeline.lines().contains(each[1]));
            assertFalse(pipeline.console(), pipeline.console().contains("NotSerializable"));
        }
    }

    @Test
    public void aDeclarativePipelineGoesOn() throws Exception {
        fresh();
        pipeline.restarting();
        ends(Ending.FAILURE, """
                def n = 0
                def up(x) { sleep time: 1, unit: 'MILLISECONDS'; x + 1 }
                pipeline {
                    agent any
                    parameters { string(name: 'P', defaultValue: 'p') }
                    environment { A = "a${params.P}" }
                    options { timeout(5) }
                    stages {
                        stage('One') { steps { script { n = up(n) } }; post { always { sleep time: 1, unit: 'MILLISECONDS'; echo 'post one' } } }
                        stage('Two') {
                            parallel {
                                stage('L') { when { expression { up(0) == 1 } }; steps { script { n = up(n) } } }
                                stage('R') { agent any; steps { sleep time: 1, unit: 'MILLISECONDS'; script { up(n) } } }
                            }
                        }
                        stage('Three') {
                            matrix {
                                axes { axis { name 'X'; values '1', '2' } }
                                stages { stage('C') { steps { sleep time: 1, unit: 'MILLISECONDS'; echo "cell ${X} ${A}" } } }
                            }
                        }
                        stage('Four') { input { message 'go?' }; steps { echo "n=${n}"; error 'boo' } }
                    }
                    post { failure { sleep time: 1, unit: 'MILLISECONDS'; echo 'post all' } }
                }
                """);
        List<String> lines = pipeline.lines();
        for (String line : new String[] {"post one", "n=2", "post all"}) {
            assertTrue(line + "\n" + pipeline.console(), lines.contains(line));
        }
        assertTrue(pipeline.console(), lines.stream().anyMatch(line -> line.endsWith("cell 2 ap")));
        assertTrue(pipeline.console(), pipeline.console().contains("ERROR: boo (Jenkinsfile line 22)"));
    }
}
