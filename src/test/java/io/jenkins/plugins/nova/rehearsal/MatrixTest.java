package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** {@code matrix}: which cells run, with what, and what of it is refused. */
public class MatrixTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Rehearsed pipeline;

    private void ends(Ending expected, String matrix, String around) throws Exception {
        pipeline = new Rehearsed(folder.newFolder()).simulated();
        String text =
                "pipeline {\nagent none\n" + around + "\nstages { stage('M') {\nmatrix {\n" + matrix + "\n}\n} }\n}";
        Ending ending = pipeline.run(text);
        assertEquals(text + "\n" + pipeline.console(), expected, ending);
    }

    private List<String> cells() {
        return pipeline.lines().stream()
                .filter(line -> line.matches("\\[.*] in .*"))
                .map(line -> line.replaceFirst("^\\[.*] in ", ""))
                .sorted()
                .toList();
    }

    private static final String AXES =
            "axes { axis { name 'OS'; values 'a', 'b' }\naxis { name 'N'; values 1, 2, 3 } }\n";
    private static final String STAGES = "stages { stage('S') { steps { echo \"in ${OS}${N}\" } } }";

    @Test
    public void eachCombinationRunsOnceButTheExcluded() throws Exception {
        Object[][] cases = {
            {"", List.of("a1", "a2", "a3", "b1", "b2", "b3")},
            {"excludes { exclude { axis { name 'OS'; values 'a' } } }\n", List.of("b1", "b2", "b3")},
            {
                "excludes { exclude { axis { name 'OS'; values 'a' }\naxis { name 'N'; values '1', '2' } } }\n",
                List.of("a3", "b1", "b2", "b3")
            },
            {"excludes { exclude { axis { name 'N'; notValues 2 } } }\n", List.of("a2", "b2")},
            {
                "excludes { exclude { axis { name 'OS'; values 'a' } }\nexclude { axis { name 'N'; values 1 } } }\n",
                List.of("b2", "b3")
            },
            {"when { expression { OS == 'b' } }\n", List.of("b1", "b2", "b3")},
            {"when { environment name: 'N', value: '1' }\n", List.of("a1", "b1")},
        };
        for (Object[] each : cases) {
            ends(Ending.SUCCESS, AXES + each[0] + STAGES, "");
            assertEquals(pipeline.console(), each[1], cells());
        }
        assertTrue(pipeline.console(), pipeline.console().contains("Matrix - OS = 'a', N = '1'"));
    }

    @Test
    public void aCellHasItsOwnAgentEnvironmentAndPost() throws Exception {
        ends(
                Ending.FAILURE,
                "axes { axis { name 'OS'; values 'a', 'b' } }\nagent any\nenvironment { X = \"x${OS}${TOP}\" }\n"
                        + "stages { stage('S') { steps { echo \"in ${X} ${env.WORKSPACE != null}\"\n"
                        + "script { if (OS == 'b') { error 'boo' } } } } }\npost { failure { echo \"failed ${OS}\" } }",
                "environment { TOP = 't' }");
        assertEquals(pipeline.console(), List.of("xat true", "xbt true"), cells());
        assertTrue(pipeline.console(), pipeline.lines().stream().anyMatch(line -> line.endsWith("failed b")));
        assertFalse(pipeline.console(), pipeline.lines().stream().anyMatch(line -> line.endsWith("failed a")));
    }

    @Test
    public void whatIsWrongWithItIsToldBeforeAnythingRuns() throws Exception {
        String axis = "axes { axis { name 'OS'; values 'a', 'b' } }\n";
        String stages = "stages { stage('S') { steps { echo 'in' } } }";
        String[][] cases = {
            {stages, "Missing required section \"axes\" of matrix"},
            {axis, "Missing required section \"stages\" of matrix"},
            {"axes { }\n" + stages, "the section \"axes\" of matrix is empty"},
            {"axes { axis { values 'a' } }\n" + stages, "an axis needs its name and one of [values]"},
            {"axes { axis { name 'A' } }\n" + stages, "an axis needs its name and one of [values]"},
            {"axes { axis { name 'A-B'; values 'a' } }\n" + stages, "the name of an axis must be"},
            {"axes { axis { name \"${x}\"; values 'a' } }\n" + stages, "the name of an axis must be"},
            {"axes { axis { name 'A'; values \"${x}\" } }\n" + stages, "the values of an axis must be literals"},
            {"axes { axis { name 'A'; values 'a', 'a' } }\n" + stages, "the value a of an axis is there twice"},
            {
                "axes { axis { name 'A'; values 'a' }\naxis { name 'A'; values 'b' } }\n" + stages,
                "the axis A is there twice"
            },
            {"axes { axis { name 'A'; notValues 'a' } }\n" + stages, "an axis has name and [values]"},
            {axis + "excludes { }\n" + stages, "the section \"excludes\" of matrix is empty"},
            {axis + "excludes { exclude { } }\n" + stages, "the section \"exclude\" of matrix is empty"},
            {
                axis + "excludes { exclude { axis { name 'OS'; values 'a'; notValues 'b' } } }\n" + stages,
                "an axis needs its name and one of"
            },
            {axis + "steps { echo 'x' }\n" + stages, "Undefined section \"steps\" in matrix"},
            {
                axis + "stages { stage('S') { parallel { stage('P') { steps { echo 'x' } } } } }",
                "runs in parallel already and cannot have \"parallel\""
            },
            {axis + "stages { stage('S') { matrix { " + axis + stages + " } } }", "cannot have \"matrix\""},
        };
        for (String[] each : cases) {
            ends(Ending.NOT_RUNNABLE, each[0], "");
            assertTrue(each[0] + "\n" + pipeline.console(), pipeline.console().contains(each[1]));
        }
    }

    @Test
    public void aSkippedStageSkipsItsCells() throws Exception {
        pipeline = new Rehearsed(folder.newFolder()).simulated();
        assertEquals(
                pipeline.console(),
                Ending.SUCCESS,
                pipeline.run("pipeline { agent none\nstages { stage('M') { when { expression { false } }\nmatrix {\n"
                        + AXES + STAGES + "\n} } } }"));
        assertEquals(pipeline.console(), List.of(), cells());
    }
}
