package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class CommandLineTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void theJenkinsfileAndTheOptionsComeInAnyOrder() {
        Map<String, String> expected =
                Map.of("jenkinsfile", "x.Jenkinsfile", "params", "A=1,B=2", "credential.ssh", "a=b");

        for (String[] line : new String[][] {
            {"x.Jenkinsfile", "-Dparams=A=1,B=2", "-Dcredential.ssh=a=b"},
            {"-Dparams=A=1,B=2", "x.Jenkinsfile", "-Dcredential.ssh=a=b"},
            {"-Dcredential.ssh=a=b", "-Dparams=A=1,B=2", "-Djenkinsfile=x.Jenkinsfile"}
        }) {
            assertEquals(expected, CommandLine.read(line).options());
        }
        assertEquals(Map.of(), CommandLine.read().options());
    }

    @Test
    public void anArgumentIsStrongerThanASystemProperty() {
        Map<String, String> properties = Map.of("answer", "abort", "stub", "lock");
        var option = CommandLine.read("-Danswer=proceed").over(properties::get);

        assertEquals("proceed", option.apply("answer"));
        assertEquals("lock", option.apply("stub"));
        assertNull(option.apply("cloud"));
    }

    @Test
    public void helpIsAskedForInTwoWays() {
        assertTrue(CommandLine.read("--help").help());
        assertTrue(CommandLine.read("x.Jenkinsfile", "-h").help());
        assertFalse(CommandLine.read("x.Jenkinsfile").help());
    }

    @Test
    public void everyOptionOfTheUsageIsKnown() {
        Usage.TEXT
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("-D"))
                .map(line -> line.split("[ =]")[0])
                .forEach(option -> assertEquals(
                        option,
                        Map.of(option.substring(2), "x"),
                        CommandLine.read(option + "=x").options()));
    }

    @Test
    public void whatThereIsNotIsNamedAndNoValueIsTold() {
        Map<String[], String> refusals = Map.of(
                new String[] {"--cloud"}, "there is no option --cloud; --help shows those that there are",
                new String[] {"-Dparms=A=secret"}, "there is no option -Dparms; --help shows those that there are",
                new String[] {"-Danswer"}, "-Danswer needs a value: -Danswer=…",
                new String[] {"-D"}, "there is no option -D; --help shows those that there are",
                new String[] {"a", "b"}, "more than one Jenkinsfile: a and b",
                new String[] {"a", "-Djenkinsfile=b"}, "more than one Jenkinsfile: a and b",
                new String[] {"-Dcredential.x=secret", "-Dcredential.x=secret"}, "-Dcredential.x is given twice");
        refusals.forEach((arguments, words) -> assertEquals(
                words,
                assertThrows(IllegalArgumentException.class, () -> CommandLine.read(arguments))
                        .getMessage()));
        assertFalse(CommandLine.read("-Dcredential.x=secret").toString().contains("secret"));
    }

    private String written(String name, byte... bytes) throws Exception {
        return Files.write(folder.getRoot().toPath().resolve(name), bytes).toString();
    }

    @Test
    public void aJenkinsfileThatCannotBeReadIsNamed() throws Exception {
        String root = folder.getRoot().getPath();
        String binary = written("binary", (byte) 0xc3, (byte) 0x28);
        String latin = written("latin", "echo 'x'\necho 'Gr\u00fc\u00dfe'\n".getBytes(StandardCharsets.ISO_8859_1));
        String cut = written("cut", Arrays.copyOf("echo 'x'\n\u00fc".getBytes(StandardCharsets.UTF_8), 10));
        String mark = written("mark", "\ufeffecho 'x'".getBytes(StandardCharsets.UTF_8));
        String empty = written("empty");
        String blank = written("blank", " \n\t\r\n".getBytes(StandardCharsets.UTF_8));
        String[][] cases = {
            {root + "/missing", "there is no file " + root + "/missing"},
            {root, "the Jenkinsfile " + root + " is a directory"},
            {binary, "the Jenkinsfile " + binary + " is not text in UTF-8: line 1 has the byte 0xc3"},
            {
                latin,
                "the Jenkinsfile " + latin
                        + " is not text in UTF-8: line 2 has the byte 0xfc, in Latin-1 a '\u00fc'; save it in UTF-8"
            },
            {cut, "the Jenkinsfile " + cut + " is not text in UTF-8: line 2 has the byte 0xc3"},
            {
                mark,
                "the Jenkinsfile " + mark + " begins with a byte order mark (U+FEFF), which a controller does not take"
            },
            {empty, "the Jenkinsfile " + empty + " is empty; a controller would do nothing, and end as SUCCESS"},
            {blank, "the Jenkinsfile " + blank + " is empty"},
            {"a\0b", "the Jenkinsfile a\0b: that is no path here (Nul character not allowed)"},
        };
        for (String[] each : cases) {
            assertTrue(unreadable(each[0]), unreadable(each[0]).startsWith(each[1]));
        }
        written("Jenkinsfile", "echo 'x'".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "the Jenkinsfile " + root + " is a directory; did you mean " + root + "/Jenkinsfile?",
                unreadable(root));
    }

    @Test
    public void linesMayEndAsOnWindows() throws Exception {
        String windows = written("windows", "echo 'x'\r\necho '''a\r\nb'''\r\n".getBytes(StandardCharsets.UTF_8));
        Rehearsed pipeline = new Rehearsed(folder.newFolder());
        assertEquals(Ending.SUCCESS, pipeline.run(Jenkinsfile.named(windows).text()));
        assertTrue(pipeline.console(), pipeline.lines().containsAll(List.of("x", "a", "b")));
    }

    @Test
    public void aJenkinsfileOfCommentsAloneIsNotRunnable() throws Exception {
        for (String text : new String[] {"// nothing\n", "/* nothing */", "#!groovy\n// nothing"}) {
            Rehearsed pipeline = new Rehearsed(folder.newFolder());
            assertEquals(text, Ending.NOT_RUNNABLE, pipeline.run(text));
            assertTrue(pipeline.console(), pipeline.console().contains("there is nothing in it that does anything"));
        }
    }

    private static String unreadable(String path) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> Jenkinsfile.named(path).text())
                .getMessage();
    }
}
