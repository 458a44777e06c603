package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Where code that is no continuation calls some that is, the console has the line of a controller; elsewhere it has none. */
public class MismatchTest {
    private static final String SEE = "; see: https://jenkins.io/redirect/pipeline-cps-method-mismatches/";
    private static final String CLOSURE = "org.jenkinsci.plugins.workflow.cps.CpsClosure2.call";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rehearsed pipeline;

    private void run(String jenkinsfile) throws Exception {
        pipeline = new Rehearsed(folder.newFolder()).simulated();
        Ending ending = pipeline.run(jenkinsfile);
        assertFalse(pipeline.console(), ending == Ending.NOT_RUNNABLE);
    }

    @Test
    public void whatCpsCannotCallFromIsTold() throws Exception {
        String[][] cases = {
            {"def l = [3, 1, 2]\nl.sort { a, b -> a <=> b }", "java.util.ArrayList.sort", CLOSURE},
            {"def l = [3, 1, 2]\nl.toSorted { it }", "java.util.ArrayList.toSorted", CLOSURE},
            {"def l = [3, 1, 2]\nl.unique { it }", "java.util.ArrayList.unique", CLOSURE},
            {"def l = [1]\nl.forEach { echo 'x' }", "java.util.ArrayList.forEach", CLOSURE},
            {"@NonCPS def f() { echo 'x' }\nf()", "WorkflowScript.f", "echo"},
            {"@NonCPS def f() { g() }\ndef g() { 1 }\nf()", "WorkflowScript.f", "WorkflowScript.g"},
            {"@NonCPS def f() { [1, 2].each { echo 'x' } }\nf()", "WorkflowScript.f", "echo"},
            {"echo(\"see ${-> 'x'}\")", "WorkflowScript.echo", CLOSURE},
            {
                "class C { String toString() { 'x' } }\ndef c = new C()\necho \"${c}\"",
                "WorkflowScript.echo",
                "C.toString"
            },
            {"class C { C(s) { s.sleep(1) } }\nnew C(this)", "C.<init>", "sleep"},
            {
                "class C { boolean equals(o) { true } }\ndef a = new C()\nassert a == new C()",
                "org.codehaus.groovy.runtime.ScriptBytecodeAdapter.compareEqual",
                "C.equals"
            },
            {
                "class C implements Comparable { int compareTo(o) { 0 } }\ndef a = new C()\nassert a <= new C()",
                "org.codehaus.groovy.runtime.ScriptBytecodeAdapter.compareLessThanEqual",
                "C.compareTo"
            },
        };
        java.util.List<String> wrong = new java.util.ArrayList<>();
        for (String[] each : cases) {
            run(each[0]);
            String line = "expected to call " + each[1] + " but wound up catching " + each[2] + SEE;
            if (!pipeline.lines().contains(line)) {
                wrong.add(each[0] + "\n" + pipeline.console());
            }
        }
        assertEquals(java.util.List.of(), wrong);
    }

    @Test
    public void whatCpsHasForItselfGoesOnWorking() throws Exception {
        String sleep = "sleep time: 1, unit: 'MILLISECONDS'; ";
        String[][] cases = {
            {"[1, 2].each { " + sleep + "echo \"x${it}\" }", "x2"},
            {"[a: 1].each { k, v -> " + sleep + "echo \"${k}${v}\" }", "a1"},
            {"[1].eachWithIndex { x, i -> " + sleep + "echo \"${x}${i}\" }", "10"},
            {"echo \"${[1, 2].collect { " + sleep + "it + 1 }}\"", "[2, 3]"},
            {"echo \"${[1, 2].collectEntries { " + sleep + "[it, it] }}\"", "[1:1, 2:2]"},
            {"echo \"${[1, 2].find { " + sleep + "it > 1 }}\"", "2"},
            {"echo \"${[1, 2].findAll { " + sleep + "it > 1 }}\"", "[2]"},
            {"echo \"${[1, 2].any { " + sleep + "it > 1 }}\"", "true"},
            {"echo \"${[1, 2].every { " + sleep + "it > 1 }}\"", "false"},
            {"echo \"${[1, 2].inject(0) { a, b -> " + sleep + "a + b }}\"", "3"},
            {"echo \"${[1, 2].sum { " + sleep + "it }}\"", "3"},
            {"echo \"${[1, 2].count { " + sleep + "it > 1 }}\"", "1"},
            {"echo \"${[1, 2].groupBy { " + sleep + "it }}\"", "[1:[1], 2:[2]]"},
            {"echo \"${[1, 3, 2].max { " + sleep + "it }}\"", "3"},
            {"echo 'abc'.replaceAll('b') { it.toUpperCase() }", "aBc"},
            {"2.times { " + sleep + "echo \"t${it}\" }", "t1"},
            {"1.upto(2) { " + sleep + "echo \"u${it}\" }", "u2"},
            {"def c = [x: { " + sleep + "echo 'in map' }]\nc.x()", "in map"},
            {"class C implements Serializable { def x }\ndef c = new C(x: { echo 'in field' })\nc.x()", "in field"},
            {"steps.echo 'by steps'", "by steps"},
            {"def f(Closure c) { c() }\nf { " + sleep + "echo 'called' }", "called"},
            {"class C { static def f(s) { s.echo 'static' } }\nC.f(this)", "static"},
            {"@NonCPS def f(l) { l.sort { a, b -> a <=> b } }\necho \"${f([2, 1])}\"", "[1, 2]"},
            {"def x = docker.image('x')\nx.inside { echo 'inside' }", "inside"},
            {"echo \"${[1, 2] as Set}\"", "[1, 2]"},
        };
        for (String[] each : cases) {
            pipeline = new Rehearsed(folder.newFolder()).simulated().stub("docker");
            Ending ending = pipeline.run(each[0]);
            assertEquals(each[0] + "\n" + pipeline.console(), Ending.SUCCESS, ending);
            assertTrue(each[0] + "\n" + pipeline.console(), pipeline.lines().contains(each[1]));
            assertFalse(each[0] + "\n" + pipeline.console(), pipeline.console().contains("expected to call"));
        }
    }
}
