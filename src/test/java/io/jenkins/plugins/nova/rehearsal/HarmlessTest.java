package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What would act on the world beyond the rehearsal is shown and not done. */
public class HarmlessTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rehearsed pipeline;
    private Path canary;

    @Before
    public void begin() throws Exception {
        pipeline = new Rehearsed(folder.newFolder()).simulated();
        canary = folder.newFolder().toPath().resolve("canary");
    }

    private void ends(Ending expected, String jenkinsfile) throws Exception {
        Ending ending = pipeline.run(jenkinsfile);
        assertEquals(pipeline.console(), expected, ending);
    }

    private void says(String part) {
        assertTrue(pipeline.console(), pipeline.console().contains(part));
    }

    private String touch() {
        return "touch " + canary;
    }

    @Test
    public void commandsAreShownAndNotRun() throws Exception {
        for (String step : new String[] {"sh", "bat", "powershell", "pwsh"}) {
            begin();
            ends(
                    Ending.SUCCESS,
                    "node {\n" + step + " '" + touch() + "'\n"
                            + "echo \"out '${" + step + "(script: '" + touch() + "', returnStdout: true)}'\"\n"
                            + "echo \"status ${" + step + " script: '''\nfirst\n" + touch()
                            + "\n''', returnStatus: true}\"\n}");
            assertFalse(step, Files.exists(canary));
            says("+ " + touch() + "\n(rehearsal) " + step
                    + " is shown, not run: as if it wrote nothing and ended with 0 (-Dstub." + step
                    + "=… for another end)");
            says("+ first\n+ " + touch());
            says("out ''");
            says("status 0");
        }
    }

    @Test
    public void commandsEndAsTheOperatorSays() throws Exception {
        String[][] cases = {
            // what -Dstub.sh says, the call, the ending, what the console shows
            {"plain text", "echo 'got ' + sh(script: 'x', returnStdout: true)", "SUCCESS", "got plain text"},
            {"plain text", "sh 'x'", "SUCCESS", "\nplain text\n"},
            {"7", "echo 'got ' + sh(script: 'x', returnStdout: true)", "SUCCESS", "got 7"},
            {"{\"status\": 3}", "sh 'x'", "FAILURE", "ERROR: script returned exit code 3"},
            {"{\"status\": 3}", "echo 'got ' + sh(script: 'x', returnStdout: true)", "FAILURE", "exit code 3"},
            {"{\"status\": 3}", "echo 'got ' + sh(script: 'x', returnStatus: true)", "SUCCESS", "got 3"},
            {
                "{\"stdout\": \"a\\nb\", \"status\": 0}",
                "echo 'got ' + sh(script: 'x', returnStdout: true)",
                "SUCCESS",
                "got a\nb"
            },
            {
                "[{\"script\": \"df\", \"stdout\": \"12G\"}, {\"status\": 1}]",
                "echo 'got ' + sh(script: 'df -h', returnStdout: true)\nsh 'other'",
                "FAILURE",
                "got 12G"
            },
            {"[{\"script\": \"df\", \"status\": 4}]", "sh 'other'", "SUCCESS", "as if it wrote nothing and ended with 0"
            },
            {"{\"script\": \"df\", \"status\": 4}", "sh 'other'\nsh 'df'", "FAILURE", "exit code 4"},
        };
        for (String[] each : cases) {
            begin();
            pipeline.answer("sh", each[0]);
            ends(Ending.valueOf(each[2]), "node {\n" + each[1] + "\n}");
            says(each[3]);
        }
    }

    @Test
    public void anAnswerCountsBeforeARealCommand() throws Exception {
        pipeline.commands().answer("sh", "said");
        ends(Ending.SUCCESS, "node { echo 'got ' + sh(script: '" + touch() + "', returnStdout: true) }");
        says("got said");
        assertFalse(Files.exists(canary));
    }

    @Test
    public void requestsAreShownAndNotSent() throws Exception {
        ends(
                Ending.SUCCESS,
                "def r = httpRequest url: 'http://127.0.0.1:1/hook', httpMethod: 'POST'\n"
                        + "echo \"${r.status} '${r.content}' ${r.getStatus()}\"");
        says("POST http://127.0.0.1:1/hook is shown, not sent: answered with 200");
        says("200 '' 200");
    }

    @Test
    public void requestsAreAnsweredAsTheOperatorSays() throws Exception {
        pipeline.answer("httpRequest", "{\"status\": 503, \"content\": \"busy\"}");
        ends(Ending.FAILURE, """
                def r = httpRequest url: 'http://127.0.0.1:1/', validResponseCodes: '100:599'
                echo "${r.status} ${r.content}"
                httpRequest 'http://127.0.0.1:1/'
                """);
        says("503 busy");
        says("Status code 503 is not in the accepted range: 100:399 (Jenkinsfile line 3)");
    }

    @Test
    public void anyStepReturnsWhatTheOperatorSays() throws Exception {
        pipeline.answer("build", "{\"result\": \"SUCCESS\", \"number\": 7}")
                .answer("readYaml", "[1, 2]")
                .answer("lock", "5");
        ends(Ending.SUCCESS, """
                def b = build job: 'other', wait: true
                echo "${b.result} ${b.number} ${readYaml(file: 'x')[1]} ${lock('r') { echo 'inside' }}"
                """);
        says("inside");
        says("SUCCESS 7 2 5");
        says("(rehearsal) build is stubbed: nothing is done; it returns what -Dstub.build says");
    }

    @Test
    public void filesOutsideTheWorkspaceAreKeptBesideIt() throws Exception {
        Files.writeString(canary, "the machine's own");
        Path link = folder.newFolder().toPath().resolve("link");
        Files.createSymbolicLink(link, canary.getParent());
        for (String place :
                new String[] {canary.toString(), "../../" + canary.getParent().getFileName() + "/canary"}) {
            begin2();
            ends(
                    Ending.FAILURE,
                    "node {\nwriteFile file: '" + place + "', text: 'written'\n"
                            + "echo \"read ${readFile('" + place + "')} ${fileExists('" + place + "')}\"\n"
                            + "writeJSON file: '" + place + ".json', json: [a: 1]\n"
                            + "readFile '" + place + ".other'\n}");
            says("read written true");
            says("a file outside of it is looked for as ");
            assertEquals("the machine's own", Files.readString(canary));
            assertFalse(Files.exists(Path.of(canary + ".json")));
        }
        begin2();
        ends(Ending.SUCCESS, "node { echo \"${fileExists('" + canary + "')}\" }");
        says("false");
    }

    private void begin2() throws Exception {
        pipeline = new Rehearsed(folder.newFolder());
    }

    @Test
    public void aLinkOutOfTheWorkspaceLeadsNowhere() throws Exception {
        Files.writeString(canary, "the machine's own");
        Path root = folder.newFolder().toPath();
        Path workspace = Files.createDirectories(root.resolve("workspace"));
        Files.createSymbolicLink(workspace.resolve("link"), canary.getParent());
        Files.createSymbolicLink(workspace.resolve("dangling"), canary.resolveSibling("none"));
        pipeline = new Rehearsed(root.toFile());
        ends(Ending.SUCCESS, """
                node {
                    writeFile file: 'link/canary', text: 'x'
                    writeFile file: 'dangling', text: 'x'
                    writeFile file: 'inside/it', text: 'x'
                    writeFile file: env.WORKSPACE_TMP + '/it', text: 'x'
                }
                """);
        assertEquals("the machine's own", Files.readString(canary));
        assertFalse(Files.exists(canary.resolveSibling("none")));
        assertTrue(Files.exists(workspace.resolve("inside/it")));
        assertTrue(Files.exists(root.resolve("workspace@tmp/it")));
    }

    /** What a sandbox refuses, in a script itself and where no continuation is: the words begin as a controller's do. */
    @Test
    public void theScriptItselfReachesNothing() throws Exception {
        Files.writeString(canary, "the machine's own");
        String file = "'" + canary + "'";
        String[][] cases = {
            {"'" + touch() + "'.execute()", "Scripts not permitted to use"},
            {"\"touch ${1}\".execute().text", "Scripts not permitted to use"},
            {"['touch', 'x'].execute()", "Scripts not permitted to use"},
            {"new File(" + file + ").delete()", "Scripts not permitted to use new java.io.File"},
            {"new File(" + file + ").text = 'x'", "Scripts not permitted to use new java.io.File"},
            {"new java.io.FileWriter(" + file + ")", "Scripts not permitted to use new java.io.FileWriter"},
            {"java.nio.file.Files.delete(java.nio.file.Paths.get(" + file + "))", "java.nio.file."},
            {"new URL('http://127.0.0.1:1/').text", "java.net.URL"},
            {"new URL('http://127.0.0.1:1/').getText()", "java.net.URL"},
            {"new URL('http://127.0.0.1:1/').openConnection()", "java.net.URL"},
            {"new groovy.json.JsonSlurper().parse(new URL('http://127.0.0.1:1/'))", ""},
            {"'http://127.0.0.1:1/'.toURL().text", "toURL"},
            {"new URI('http://127.0.0.1:1/').toURL().text", "toURL"},
            {"new Socket('127.0.0.1', 1)", "Scripts not permitted to use new java.net.Socket"},
            {"new ProcessBuilder('true').start()", "Scripts not permitted to use new java.lang.ProcessBuilder"},
            {"Runtime.runtime.exec('true')", "java.lang.Runtime"},
            {"Runtime.getRuntime().exec('true')", "java.lang.Runtime"},
            {"System.getenv('PATH')", "Scripts not permitted to use staticMethod java.lang.System getenv"},
            {"System.exit(0)", "Scripts not permitted to use staticMethod java.lang.System exit"},
            {"System.setProperty('a', 'b')", "Scripts not permitted to use staticMethod java.lang.System setProperty"},
            {"Thread.start { }", "java.lang.Thread"},
            {"Class.forName('java.io.File')", "forName"},
            {"String.class.classLoader", "classLoader"},
            {"''.class.getClassLoader()", "getClassLoader"},
            {"new GroovyShell().evaluate('1')", "Scripts not permitted to use new groovy.lang.GroovyShell"},
            {"jenkins.model.Jenkins.instance.doExit()", "jenkins.model.Jenkins"},
            {"Jenkins.get()", "jenkins.model.Jenkins"},
            {"new hudson.FilePath(null)", "Scripts not permitted to use new hudson.FilePath"},
            {"String.metaClass.x = 1", "metaClass"},
        };
        for (String[] each : cases) {
            begin2();
            ends(Ending.FAILURE, "echo 'begun'\n" + each[0] + "\n");
            says("Scripts not permitted to use");
            says(each[1]);
            begin2();
            ends(Ending.NOT_RUNNABLE, "echo 'begun'\n@NonCPS def f() { " + each[0] + " }\nf()\n");
            says("Scripts not permitted to use");
            assertFalse(each[0], pipeline.console().contains("begun\n"));
            assertEquals("the machine's own", Files.readString(canary));
        }
    }

    @Test
    public void closuresFieldsAndDynamicNamesReachNothingEither() throws Exception {
        Files.writeString(canary, "the machine's own");
        String file = "'" + canary + "'";
        String[] cases = {
            "[1].each { new File(" + file + ").delete() }",
            "def c = { '" + touch() + "'.execute() }\nc()",
            "def m = 'exec' + 'ute'\n'" + touch() + "'.\"${m}\"()",
            "def p = '" + touch() + "'.&execute\np()",
            "def f = " + file + " as File\nf.delete()",
            "@groovy.transform.Field def f = new File(" + file + ").delete()\necho 'x'",
            "class A { def f = new File(" + file + ").delete() }\nnew A()",
            "@NonCPS def f(m) { '" + touch() + "'.\"${m}\"() }\nf('execute')",
            "@NonCPS def f() { " + file + " as File }\nf().delete()",
        };
        for (String each : cases) {
            begin2();
            Ending ending = pipeline.run(each);
            assertTrue(each + "\n" + pipeline.console(), ending == Ending.FAILURE || ending == Ending.NOT_RUNNABLE);
            says("Scripts not permitted to use");
            assertEquals("the machine's own", Files.readString(canary));
        }
    }

    @Test
    public void aClosureReachesNothingByItsDelegate() throws Exception {
        String[] cases = {
            "'" + touch() + "'.with { execute() }",
            "def c = { execute() }\nc.delegate = '" + touch() + "'\nc()",
            "def c = { -> text = 'x' }\nc.delegate = '" + canary
                    + "' as File\nc.resolveStrategy = Closure.DELEGATE_FIRST\nc()",
        };
        for (String each : cases) {
            begin2();
            Ending ending = pipeline.run(each);
            assertTrue(each + "\n" + pipeline.console(), ending != Ending.SUCCESS || each.contains("text = "));
            assertFalse(each, Files.exists(canary));
        }
    }

    @Test
    public void whatIsEvaluatedIsHeldToTheSame() throws Exception {
        for (String call : new String[] {"evaluate", "this.evaluate"}) {
            begin2();
            ends(Ending.FAILURE, call + " \"'" + touch() + "'.execute()\"");
            says("Scripts not permitted to use staticMethod org.codehaus.groovy.runtime.ProcessGroovyMethods execute");
            assertFalse(Files.exists(canary));
        }
        begin2();
        ends(
                Ending.SUCCESS,
                "def x = evaluate('echo \"inside\"; sleep time: 1, unit: \\'MILLISECONDS\\'; return 2')\necho \"x=${x}\"");
        says("inside");
        says("x=2");
        assertFalse(pipeline.console(), pipeline.console().contains("expected to call"));
    }

    @Test
    public void whatRunsWhileTheScriptIsCompiledIsRefused() throws Exception {
        String[][] cases = {
            {
                "@groovy.transform.ASTTest(value = { '" + touch() + "'.execute() }) def f() { }",
                "the annotation @ASTTest cannot"
            },
            {"@Grab('a:b:1') import java.util.Date", "the annotation @Grab cannot"},
            {"@Grapes([]) def x = 1", "the annotation @Grapes cannot"},
        };
        for (String[] each : cases) {
            begin2();
            ends(Ending.NOT_RUNNABLE, each[0]);
            says(each[1]);
            assertFalse(Files.exists(canary));
        }
    }

    @Test
    public void whatReachesNothingIsGranted() throws Exception {
        ends(Ending.SUCCESS, """
                def slurped = new groovy.json.JsonSlurper().parseText('{"a": [1]}')
                echo "${slurped.a} ${System.currentTimeMillis() > 0} ${URLEncoder.encode('a b', 'UTF-8')}"
                slurped = null
                echo "${new URL('http://h:1/p').host} ${new URL('http://h:1/p').getPath()}"
                echo "${new URI('http://h/p').host} ${new Date(0).time} ${Math.max(1, 2)} ${UUID.randomUUID().toString().length()}"
                try { timeout(time: 1, unit: 'MILLISECONDS') { sleep 100 } } catch (e) { echo "cause ${e.causes[0].shortDescription}" }
                try { throw new IOException('thrown') } catch (IOException e) { echo e.message }
                try { error 'boo' } catch (hudson.AbortException e) { echo "${e.class.simpleName} ${e.getMessage()}" }
                echo "${(~/a+/).matcher('aaa').matches()} ${'x'.class.name} ${['b', 'a'].sort()} ${currentBuild.result}"
                @NonCPS def f() { return [System.nanoTime() > 0, 'a' as String, new StringBuilder('s').toString()].join() }
                echo f()
                def named = { -> size() }
                named.delegate = 'four'
                echo "size ${named()}"
                """);
        says("size 4");
        says("[1] true a+b");
        says("h /p");
        says("h 0 2 36");
        says("cause Timeout has been exceeded");
        says("AbortException boo");
        says("true java.lang.String [a, b] null");
        says("trueas");
    }

    @Test
    public void withoutSandboxAScriptMayCallAnything() throws Exception {
        pipeline.withoutSandbox();
        ends(
                Ending.SUCCESS,
                "new File('" + canary + "').text = 'written'\n@NonCPS def f() { new File('x').name }\necho f()");
        assertEquals("written", Files.readString(canary));
    }

    /** The words that an operator sees on a controller, whose administrator could approve just these. */
    @Test
    public void whatAControllerRefusesIsRefusedInItsWords() throws Exception {
        String[][] cases = {
            {"currentBuild.rawBuild", "method org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper getRawBuild"
            },
            {
                "currentBuild.getRawBuild()",
                "method org.jenkinsci.plugins.workflow.support.steps.build.RunWrapper getRawBuild"
            },
            {"Jenkins.instance", "staticMethod jenkins.model.Jenkins getInstance"},
            {"jenkins.model.Jenkins.get()", "staticMethod jenkins.model.Jenkins get"},
            {"new File('x')", "new java.io.File java.lang.String"},
            {"'ls'.execute()", "staticMethod org.codehaus.groovy.runtime.ProcessGroovyMethods execute java.lang.String"
            },
            {"System.getenv('X')", "staticMethod java.lang.System getenv java.lang.String"},
            {"System.exit(1)", "staticMethod java.lang.System exit java.lang.Integer"},
        };
        for (String[] each : cases) {
            begin2();
            ends(Ending.FAILURE, "def x = " + each[0]);
            says("Scripts not permitted to use " + each[1]);
        }
        begin2();
        pipeline.withoutSandbox();
        ends(Ending.NOT_RUNNABLE, "currentBuild.rawBuild");
        says("the rehearsal does not have rawBuild of currentBuild");
    }
}
