package io.jenkins.plugins.nova.step.controller;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * A controller that dies at any moment finds the state that was saved last, or a later one; never an older one. States are
 * numbered.
 */
public class SavedStateTest {

    private static final String PAD = "x".repeat(300);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path build;
    private SavedState saved;

    /** In memory; and as Pipeline has saved it last. */
    private String field;

    private String program;
    private int number;
    private int told;
    private int moments;

    /** Saves that wait for Pipeline, with the numbers of their states. */
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

    private Fault fault = Fault.NONE;
    private boolean renameAtNextQuestion;
    private int renamed;

    /** What goes wrong in the next save. */
    private enum Fault {
        NONE,
        /** Pipeline does not save, and says so. */
        PROGRAM,
        /** Pipeline saves, and says that it did not. */
        PROGRAM_UNHEARD,
        /** Pipeline saves later. */
        PROGRAM_LATER,
        /** Half of a line is written. */
        APPEND_TORN,
        /** A line is written, and then its force fails. */
        APPEND_UNFORCED,
        CREATE
    }

    @Before
    public void begin() throws IOException {
        build = folder.newFolder("1").toPath();
        field = state(0);
        program = field;
        saved = fresh();
    }

    private SavedState fresh() {
        return new SavedState("one", this::build, new Watched());
    }

    private Path build() {
        if (renameAtNextQuestion) {
            renameAtNextQuestion = false;
            Path before = build;
            rename();
            return before;
        }
        return build;
    }

    private void rename() {
        try {
            build = Files.move(build, folder.getRoot().toPath().resolve("renamed" + ++renamed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String state(int number) {
        return "{\"number\":" + number + ",\"pad\":\"" + PAD + "\",\"notes\":" + notes(number) + "}";
    }

    /** A list that grows, and at times is a short one again. */
    private static String notes(int number) {
        return IntStream.rangeClosed(number - number % 40, number)
                .boxed()
                .toList()
                .toString()
                .replace(" ", "");
    }

    private static int number(String state) {
        Matcher number = Pattern.compile("\\{\"number\":(\\d+),.*").matcher(state);
        assertTrue(state, number.matches());
        int found = Integer.parseInt(number.group(1));
        assertEquals(state(found), state);
        return found;
    }

    /** Were the controller killed now. */
    private int found() {
        return number(SavedState.read(program, "one", () -> build));
    }

    private void moment(String what) {
        moments++;
        int found = found();
        assertTrue(what + ": " + found + " where " + told + " was saved", found >= told && found <= number);
    }

    /** Looks at the disk before, in the middle of and after each operation. */
    private final class Watched extends JournalFiles {
        @Override
        void create(Path file, byte[] content) throws IOException {
            moment("before create");
            if (fault == Fault.CREATE) {
                throw new IOException("no space left on device");
            }
            super.create(file, Arrays.copyOf(content, 0));
            for (int length = 0; length <= content.length; length += 29) {
                Files.write(file, Arrays.copyOf(content, length));
                moment("in create");
            }
            Files.delete(file);
            super.create(file, content);
            moment("after create");
        }

        @Override
        void append(Path file, long length, byte[] content) throws IOException {
            moment("before append");
            if (Files.exists(file)) {
                byte[] before = Files.readAllBytes(file);
                for (int torn = 0; torn < content.length; torn += 17) {
                    Files.write(file, Arrays.copyOf(content, torn), StandardOpenOption.APPEND);
                    moment("in append");
                    if (torn > content.length / 2 && fault == Fault.APPEND_TORN) {
                        throw new IOException("no space left on device");
                    }
                    Files.write(file, before);
                }
            }
            super.append(file, length, content);
            moment("after append");
            if (fault == Fault.APPEND_UNFORCED) {
                throw new IOException("input/output error");
            }
        }

        @Override
        void delete(Path file) throws IOException {
            moment("before delete");
            super.delete(file);
            moment("after delete");
        }
    }

    private void take(String value) {
        field = value;
        moment("with the field changed");
    }

    /** As Pipeline does: it saves what the field has then. */
    private CompletionStage<Void> program() {
        moment("before the program is saved");
        switch (fault) {
            case PROGRAM:
                return CompletableFuture.failedFuture(new IOException("disk full"));
            case PROGRAM_UNHEARD:
                program = field;
                return CompletableFuture.failedFuture(new IOException("connection lost"));
            case PROGRAM_LATER:
                CompletableFuture<Void> later = new CompletableFuture<>();
                waiting.add(later);
                return later;
            default:
                program = field;
                moment("with the program saved");
                return CompletableFuture.completedFuture(null);
        }
    }

    private void save(Fault how) {
        fault = how;
        int mine = ++number;
        saved.save(state(mine), false, this::take, this::program).thenRun(() -> told = Math.max(told, mine));
        fault = Fault.NONE;
        moment("after the save");
    }

    private void pipelineSaves() {
        program = field;
        moment("with the program saved by another branch");
    }

    private void lateOnesAreDone() {
        pipelineSaves();
        waiting.forEach(each -> each.complete(null));
        waiting.clear();
        moment("after a late save");
    }

    private void dies() {
        waiting.clear();
        field = program;
        told = found();
        // what this process had not saved is nobody's
        number = told;
        saved = fresh();
    }

    private List<String> journals() throws IOException {
        Path all = build.resolve("nova-maintenance");
        if (!Files.exists(all)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(all)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    public void atEachMomentTheStateSavedLastIsThereWhateverFails() {
        for (Fault each : Fault.values()) {
            for (int before = 0; before < 8; before++) {
                for (int i = 0; i < before; i++) {
                    save(Fault.NONE);
                }
                save(each);
                lateOnesAreDone();
                save(Fault.NONE);
                assertEquals(each + " after " + before, number, found());
                save(each);
                save(each);
                dies();
            }
        }
        assertTrue("looked often: " + moments, moments > 2_000);
    }

    @Test
    public void inAnyOrder() throws IOException {
        for (int seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            for (int i = 0; i < 60; i++) {
                switch (random.nextInt(10)) {
                    case 0 -> save(Fault.values()[random.nextInt(Fault.values().length)]);
                    case 1 -> take(saved.put(state(++number)));
                    case 2 -> pipelineSaves();
                    case 3 -> lateOnesAreDone();
                    case 4 -> {
                        if (random.nextInt(4) == 0) {
                            dies();
                        }
                    }
                    case 5 -> renameAtNextQuestion = random.nextInt(4) == 0;
                    default -> save(Fault.NONE);
                }
            }
            renameAtNextQuestion = false;
            lateOnesAreDone();
            save(Fault.NONE);
            assertEquals("seed " + seed, number, found());
        }
        ++number;
        saved.save(state(number), true, this::take, this::program);
        assertEquals(number, number(program));
        assertEquals(List.of(), journals());
    }

    /** Pipeline's word comes late: another save has begun, with a field that Pipeline has not saved. */
    @Test
    public void whatIsSaidOfASaveIsNotTakenForTheNext() {
        save(Fault.PROGRAM_LATER);
        pipelineSaves();
        save(Fault.PROGRAM_LATER);
        waiting.get(0).complete(null);
        save(Fault.NONE);
        assertEquals(3, found());
    }

    @Test
    public void aSaveThatIsNotTheFirstWritesWhatChanged() throws IOException {
        save(Fault.NONE);
        String base = field;
        save(Fault.NONE);
        save(Fault.NONE);
        assertEquals("the field stays", base, field);
        assertEquals(3, found());
        assertEquals(List.of("one.1.journal"), journals());
        assertTrue(Files.size(build.resolve("nova-maintenance/one.1.journal")) < PAD.length());
    }

    @Test
    public void twoStepsOfABuildHaveJournalsOfTheirOwn() throws IOException {
        SavedState other = new SavedState("two", () -> build);
        String[] its = {"{\"other\":0}"};
        for (int i = 1; i <= 20; i++) {
            save(Fault.NONE);
            other.save(
                    "{\"other\":" + i + "}",
                    false,
                    value -> its[0] = value,
                    () -> CompletableFuture.completedFuture(null));
            assertEquals("{\"other\":" + i + "}", SavedState.read(its[0], "two", () -> build));
            assertEquals(i, found());
        }
        saved.save(state(++number), true, this::take, this::program);
        assertEquals(1, journals().size());
        assertTrue(journals().get(0), journals().get(0).startsWith("two."));
    }

    @Test
    public void aJournalThatSomebodyRemovedIsRefusedAndWhileTheStepRunsMadeAnew() throws IOException {
        save(Fault.NONE);
        save(Fault.NONE);
        String journal = journals().get(0);
        Files.delete(build.resolve("nova-maintenance").resolve(journal));
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, this::found);
        assertTrue(refusal.getMessage(), refusal.getMessage().contains(journal + " is missing"));

        saved = new SavedState("one", () -> build);
        saved.save(state(++number), false, value -> field = value, () -> {
            program = field;
            return CompletableFuture.completedFuture(null);
        });
        assertEquals(number, found());
    }

    @Test
    public void withoutABuildsDirectoryAllIsInTheField() throws IOException {
        Files.delete(build);
        save(Fault.NONE);
        assertEquals(state(1), program);
        assertFalse("no directory is made for it", Files.exists(build));
        Files.createDirectory(build);
        save(Fault.NONE);
        save(Fault.NONE);
        assertEquals(3, found());
        assertEquals(1, journals().size());
    }

    /** What builds have on their disks when the plugin is updated. */
    @Test
    public void theFormStays() throws IOException {
        Path journals = Files.createDirectory(build.resolve("nova-maintenance"));
        Files.writeString(journals.resolve("one.3.journal"), """
                22 d2b947ee {"base":"14 e328dc27"}
                22 b718f6c4 {"o":{"n":{"v":"é"}}}
                """);
        assertEquals("{\"n\":\"é\"}", SavedState.read("journal 3\n{\"n\":\"before\"}", "one", () -> build));
    }

    @Test
    public void whatAnEarlierVersionKeptIsTakenAsItIs() {
        assertEquals(state(5), SavedState.read(state(5), "one", () -> {
            throw new AssertionError("no journal, no directory");
        }));
    }
}
