package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.File;
import java.nio.file.Files;
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

    @Test
    public void aJenkinsfileThatCannotBeReadIsNamed() throws Exception {
        File binary = folder.newFile("binary");
        Files.write(binary.toPath(), new byte[] {(byte) 0xc3, 0x28});
        String missing = new File(folder.getRoot(), "missing").getPath();

        assertEquals("there is no file " + missing, unreadable(missing));
        assertEquals(
                "the Jenkinsfile " + folder.getRoot() + " is a directory",
                unreadable(folder.getRoot().getPath()));
        assertEquals("the Jenkinsfile " + binary + " is not text in UTF-8", unreadable(binary.getPath()));
    }

    private static String unreadable(String path) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> Jenkinsfile.named(path).text())
                .getMessage();
    }
}
