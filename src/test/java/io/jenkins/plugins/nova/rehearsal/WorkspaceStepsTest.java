package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Folders, stashes, checkouts and libraries. */
public class WorkspaceStepsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path home;
    private Rehearsed pipeline;

    @Before
    public void begin() throws Exception {
        home = folder.newFolder().toPath();
        pipeline = new Rehearsed(home.toFile()).simulated();
    }

    private void ends(Ending expected, String jenkinsfile) throws Exception {
        Ending ending = pipeline.run(jenkinsfile);
        assertEquals(jenkinsfile + "\n" + pipeline.console(), expected, ending);
    }

    private void sees(String... lines) {
        List<String> seen = pipeline.lines();
        for (String line : lines) {
            assertTrue("no '" + line + "' in\n" + pipeline.console(), seen.contains(line));
        }
    }

    private Path write(String name, String text) throws Exception {
        Path file = folder.getRoot().toPath().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    public void dirIsWhereStepsWorkAndTheWorkspaceStays() throws Exception {
        ends(Ending.SUCCESS, """
                node {
                    def top = pwd()
                    dir('a/b') {
                        writeFile file: 'x.txt', text: 'deep'
                        echo "here ${pwd() == top + '/a/b'} ${env.WORKSPACE == top} ${fileExists('x.txt')}"
                        dir('..') { echo "up ${readFile('b/x.txt')}" }
                        archiveArtifacts 'x.txt'
                    }
                    echo "out ${fileExists('x.txt')} ${readFile('a/b/x.txt')}"
                    ws('other') { echo "ws ${pwd() != top} ${env.WORKSPACE == pwd()} ${fileExists('a')}" }
                    dir('a') { deleteDir() }
                    echo "gone ${fileExists('a')} ${isUnix()} ${pwd(tmp: true) == top + '@tmp'}"
                    dir('/etc/none') { writeFile file: 'y', text: 'z' }
                    echo "outside ${readFile('/etc/none/y')}"
                }
                """);
        sees(
                "here true true true",
                "up deep",
                "out false deep",
                "ws true true false",
                "gone false true true",
                "outside z");
        assertEquals("deep", Files.readString(home.resolve("artifacts/x.txt")));
        assertFalse(Files.exists(Path.of("/etc/none")));
    }

    @Test
    public void deleteDirLeavesWhatIsNotTheBuilds() throws Exception {
        Path precious = write("precious/x", "y").getParent();
        pipeline.commands();
        ends(Ending.SUCCESS, "node { dir('" + precious + "') { deleteDir() } }");
        assertTrue(pipeline.console(), Files.exists(precious.resolve("x")));
    }

    @Test
    public void stashesGoFromNodeToNode() throws Exception {
        ends(Ending.SUCCESS, """
                node {
                    writeFile file: 'a/x.txt', text: '1'
                    writeFile file: 'a/y.log', text: '2'
                    writeFile file: '.git/z', text: '3'
                    stash name: 's', includes: 'a/**, .git/', excludes: '**/*.log'
                    stash 'all'
                }
                node {
                    ws('second') {
                        unstash 's'
                        echo "has ${fileExists('a/x.txt')} ${fileExists('a/y.log')} ${fileExists('.git/z')}"
                        dir('sub') { unstash 'all' }
                        echo "all ${fileExists('sub/a/y.log')}"
                        stash name: 'none', includes: 'no*', allowEmpty: true
                    }
                }
                """);
        sees("Stashed 1 file(s)", "Stashed 2 file(s)", "has true false false", "all true");
    }

    @Test
    public void stashesThatAreNotThereFail() throws Exception {
        ends(Ending.FAILURE, "node { stash name: 'x', includes: 'no*' }");
        sees("ERROR: No files included in stash ‘x’ (Jenkinsfile line 1)");
        begin();
        ends(Ending.FAILURE, "node { unstash 'x' }");
        sees("ERROR: No such saved stash ‘x’ (Jenkinsfile line 1)");
        begin();
        ends(Ending.FAILURE, "node { stash name: '../x', allowEmpty: true }");
        assertTrue(pipeline.console(), pipeline.console().contains("the name of a stash"));
    }

    @Test
    public void aCheckoutCopiesTheFolderAndNotWhatTheRehearsalWrites() throws Exception {
        write("repo/Jenkinsfile", "x");
        write("repo/.git/HEAD", "ref: refs/heads/main\n");
        write("repo/.git/refs/heads/main", "abc123\n");
        Path repository = folder.getRoot().toPath().resolve("repo");
        pipeline = new Rehearsed(repository.resolve("target/rehearsal").toFile())
                .simulated()
                .checkout(repository);
        ends(Ending.SUCCESS, """
                node {
                    def told = checkout scm
                    echo "told ${told.GIT_COMMIT} ${told.GIT_BRANCH} ${fileExists('Jenkinsfile')} ${fileExists('target/rehearsal')}"
                    dir('a') { checkout([$class: 'GitSCM', branches: [[name: '*/main']]]) }
                    dir('b') { git url: 'https://x', branch: 'y' }
                    dir('c') { git 'https://x' }
                    echo "all ${fileExists('a/Jenkinsfile')} ${fileExists('b/Jenkinsfile')} ${fileExists('c/Jenkinsfile')}"
                }
                """);
        sees("told abc123 origin/main true false", "all true true true");
    }

    @Test
    public void aDeclarativeAgentBeginsWithACheckout() throws Exception {
        write("repo/x", "y");
        write("repo/.git/HEAD", "abc123\n");
        Path repository = folder.getRoot().toPath().resolve("repo");
        for (String[] each : new String[][] {
            {"", "true abc123"},
            {"options { skipDefaultCheckout() }", "false null"},
            {"options { skipDefaultCheckout(false) }", "true abc123"},
            {"options { skipDefaultCheckout true }", "false null"},
            {"options { checkoutToSubdirectory('sub') }", "false abc123"}
        }) {
            begin();
            pipeline.checkout(repository);
            ends(
                    Ending.SUCCESS,
                    "pipeline {\nagent any\n" + each[0]
                            + "\nstages { stage('S') { steps { echo \"${fileExists('x')} ${env.GIT_COMMIT}\" } } }\n}");
            sees(each[1]);
        }
    }

    @Test
    public void customWorkspaceIsAnotherOne() throws Exception {
        ends(Ending.SUCCESS, """
                pipeline {
                    agent { node { label 'x'; customWorkspace 'mine' } }
                    stages { stage('S') { steps { echo "in ${pwd().endsWith('/mine')} ${env.WORKSPACE == pwd()}" } } }
                }
                """);
        sees("in true true");
    }

    @Test
    public void loadRunsAScriptOfTheWorkspace() throws Exception {
        ends(Ending.SUCCESS, """
                node {
                    writeFile file: 'lib/x.groovy', text: 'def f(a) { sleep time: 1, unit: "MILLISECONDS"; a + 1 }\\nreturn this'
                    def x = load 'lib/x.groovy'
                    echo "got ${x.f(1)}"
                }
                """);
        sees("got 2");
        assertFalse(pipeline.console(), pipeline.console().contains("expected to call"));
        begin();
        ends(Ending.FAILURE, "node { load 'none.groovy' }");
    }

    private Path library() throws Exception {
        write(
                "lib/vars/greet.groovy",
                "def call(Map m) { echo \"hello ${m.name}\"; other.tell() }\ndef named(n) { call(name: n) }");
        write(
                "lib/vars/other.groovy",
                "def tell() { echo \"other ${env.BUILD_NUMBER} ${libraryResource('a/r.txt')}\" }");
        write("lib/vars/unused.groovy", "def call() { slackSend 'x' }");
        write("lib/vars/needy.groovy", "\ndef call() {\n  slackSend 'x'\n}");
        write("lib/vars/nothing.groovy", "@com.cloudbees.groovy.cps.NonCPS\ndef call() { null }");
        write("lib/vars/broken.groovy", "def call() {\n  error 'broken'\n}");
        write(
                "lib/src/com/example/Tool.groovy",
                "package com.example\nclass Tool implements Serializable {\n  def steps\n  Tool(steps) { this.steps = steps }\n"
                        + "  def run() { steps.sleep(time: 1, unit: 'MILLISECONDS'); steps.echo 'tool' }\n}");
        write("lib/resources/a/r.txt", "resource");
        return folder.getRoot().toPath().resolve("lib");
    }

    @Test
    public void aLibraryHasVariablesClassesAndResources() throws Exception {
        String body = "greet(name: 'x')\ngreet.named('y')\nnew Tool(this).run()\necho \"null ${nothing() == null}\"";
        for (String[] each : new String[][] {
            {"mine", "@Library('mine') import com.example.Tool\n" + body},
            {"mine", "@Library('mine@main') _\nimport com.example.Tool\n" + body},
            {"", "@Library(['any', 'other']) _\nimport com.example.Tool\n" + body},
            {"", "import com.example.Tool\n" + body},
            {"mine", "library 'mine'\n" + body.replace("new Tool", "new com.example.Tool")},
            {
                "mine",
                "library identifier: 'mine@1', changelog: false\n" + body.replace("new Tool", "new com.example.Tool")
            },
            {
                "mine",
                "import com.example.Tool\npipeline {\nagent any\nlibraries { lib('mine@1') }\nstages { stage('S') { steps { script {\n"
                        + body + "\n} } } }\n}"
            },
        }) {
            begin();
            pipeline.library(each[0], library());
            ends(Ending.SUCCESS, each[1]);
            sees("hello x", "hello y", "other 1 resource", "tool", "null true");
            assertFalse(pipeline.console(), pipeline.console().contains("expected to call"));
        }
    }

    @Test
    public void aLibraryThatIsNotAtHandIsToldBeforeAnythingRuns() throws Exception {
        for (String ask : new String[] {
            "@Library('mine@1') _\necho 'x'",
            "library 'mine'\necho 'x'",
            "pipeline {\nagent any\nlibraries { lib('mine') }\nstages { stage('S') { steps { echo 'x' } } }\n}"
        }) {
            begin();
            ends(Ending.NOT_RUNNABLE, ask);
            assertTrue(
                    pipeline.console(),
                    pipeline.console()
                            .contains(
                                    "the rehearsal does not have the shared library 'mine'; -Dlibrary=DIR, or mine=DIR"));
            assertFalse(pipeline.console(), pipeline.lines().contains("x"));
        }
    }

    @Test
    public void whatALibraryNeedsIsToldBeforeAnythingRunsIfItIsUsed() throws Exception {
        pipeline.library("", library());
        ends(Ending.NOT_RUNNABLE, "echo 'x'\nif (false) { needy() }");
        assertTrue(
                pipeline.console(),
                pipeline.console().contains("vars/needy.groovy: line 3: 'slackSend' is a step of the plugin slack"));
        sees("-Dstub=slackSend");
        assertFalse(pipeline.console(), pipeline.lines().contains("x"));
    }

    @Test
    public void aFailureInALibraryIsNamedByItsFile() throws Exception {
        pipeline.library("", library());
        ends(Ending.FAILURE, "broken()");
        sees("ERROR: broken (broken.groovy line 2)");
        begin();
        pipeline.library("", library());
        ends(Ending.FAILURE, "libraryResource 'none'");
        sees("ERROR: No such library resource none could be found. (Jenkinsfile line 1)");
    }

    @Test
    public void classesByWhatTheLibraryStepReturnsAreNotHad() throws Exception {
        pipeline.library("", library());
        ends(Ending.NOT_RUNNABLE, "library('mine').com.example.Tool.run()");
        assertTrue(
                pipeline.console(), pipeline.console().contains("does not have com of what library('mine') returns"));
    }

    @Test
    public void answersToOneInput() throws Exception {
        pipeline.answer(true)
                .answerTo("Gate", "abort")
                .answerTo("Which host?", "{\"HOST\": \"compute2\", \"SURE\": true}")
                .answerTo("never", "proceed");
        ends(Ending.SUCCESS, """
                def x = input message: 'Which host?', parameters: [string(name: 'HOST'), booleanParam(name: 'SURE'), string(name: 'D', defaultValue: 'd')]
                echo "x ${x}"
                input 'Another?'
                try { input id: 'Gate', message: 'Go?' } catch (org.jenkinsci.plugins.workflow.steps.FlowInterruptedException e) { echo 'no' }
                """);
        sees("x [HOST:compute2, SURE:true, D:d]", "no", "(rehearsal) answered by -Danswer.Gate=abort");
        assertTrue(pipeline.console(), pipeline.console().contains("-Danswer.never: no input has that id or message"));
    }

    @Test
    public void anAnswerThatDoesNotFitIsNotRunnable() throws Exception {
        pipeline.answerTo("x", "{\"HSOT\": \"compute2\"}");
        ends(Ending.NOT_RUNNABLE, "input message: 'x', parameters: [string(name: 'HOST')]");
        assertTrue(pipeline.console(), pipeline.console().contains("no parameter [HSOT]; it has [HOST]"));
        begin();
        pipeline.answerTo("x", "{\"B\": \"maybe\"}");
        ends(Ending.NOT_RUNNABLE, "input message: 'x', parameters: [booleanParam(name: 'B')]");
    }
}
