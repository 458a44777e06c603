package io.jenkins.plugins.nova.step.controller;

import io.jenkins.plugins.nova.drain.json.StateDelta;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an execution's state is saved without writing all of it each time: a whole state in a field of the execution, which
 * Pipeline saves with the program, and the changes since in a {@link Journal} that the field names.
 *
 * <p>Pipeline may save the program at any moment, and perhaps has not saved it since the field changed. So a journal is added to
 * only once Pipeline has said that the program with the base that it belongs to is saved; it is there, and on disk, before the field
 * names it; and the one before is removed only then. Until then each save is a whole one. Not serialised: after a restart a new
 * one begins with a whole save.
 */
public final class SavedState {

    private static final Logger LOGGER = Logger.getLogger(SavedState.class.getName());

    /** What stands before the state in a field with a journal; an earlier version refuses that, as it knows no journal. */
    private static final Pattern JOURNALED = Pattern.compile("journal (\\d{1,18})\n");

    private final String id;
    private final Supplier<Path> build;
    private final JournalFiles files;

    /** Of the whole state that was saved last, or is being saved. */
    private long generation;

    /** Null where the state in the field has none. */
    private Journal journal;

    /** Whether Pipeline has saved the program with the field as it is. */
    private boolean confirmed;

    /** The state with all changes in the journal. */
    private String current;

    /**
     * @param id of the step; it names its journals
     * @param build where the build's directory is, asked each time: a job may be renamed meanwhile
     */
    public SavedState(String id, Supplier<Path> build) {
        this(id, build, new JournalFiles());
    }

    SavedState(String id, Supplier<Path> build, JournalFiles files) {
        this.id = id;
        this.build = build;
        this.files = files;
    }

    /**
     * The state as it was saved last.
     *
     * @param field what {@link #save} or {@link #put} gave the field, or a state that an earlier version kept there
     * @param id of the step
     * @param build where the build's directory is
     * @throws IllegalArgumentException when the journal that the field names is missing or damaged. It was on disk before the
     *     field named it, so somebody has removed it, and with it perhaps what was sent since: to go on from the field alone would
     *     send that again
     */
    public static String read(String field, String id, Supplier<Path> build) {
        Matcher journaled = JOURNALED.matcher(field);
        if (!journaled.lookingAt()) {
            return field;
        }
        String base = field.substring(journaled.end());
        return StateDelta.apply(base, Journal.read(build.get(), id, Long.parseLong(journaled.group(1)), base));
    }

    /**
     * Takes a state that Pipeline is to save on its own, with what it knows besides.
     *
     * @param state as text
     * @return what the field is to have
     */
    public synchronized String put(String state) {
        generation++;
        journal = null;
        confirmed = false;
        current = state;
        return state;
    }

    /**
     * Saves a state.
     *
     * @param state as text
     * @param last whether none comes after it; then the journals go
     * @param field takes what the execution's field is to have, where it changes
     * @param program has Pipeline save the execution; completes when that is done
     * @return completes when the state is on disk, with a failure when it could not be saved
     */
    public synchronized CompletionStage<Void> save(
            String state, boolean last, Consumer<String> field, Supplier<CompletionStage<Void>> program) {
        if (!last && confirmed && journal != null && !journal.full() && appended(state)) {
            return CompletableFuture.completedFuture(null);
        }
        Path directory = build.get();
        long mine = next(directory);
        journal = last ? null : begun(directory, mine, state);
        confirmed = false;
        current = state;
        field.accept(journal == null ? state : "journal " + mine + "\n" + state);
        return program.get().thenRun(() -> confirm(mine));
    }

    private boolean appended(String state) {
        String change = StateDelta.between(current, state);
        if (change == null) {
            return true;
        }
        if (!StateDelta.apply(current, List.of(change)).equals(state)) {
            LOGGER.log(Level.WARNING, "a change of the state of {0} is not exact; all of it is saved", id);
            return false;
        }
        Path directory = build.get();
        try {
            journal.append(directory, change);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, () -> "no journal of " + id + " any more, all of its state is saved: " + e);
            return false;
        }
        // a build that has gone, or whose job was renamed, meanwhile
        if (!build.get().equals(directory)) {
            return false;
        }
        current = state;
        return true;
    }

    /** A generation that no journal has, not even one whose base was never saved. */
    private long next(Path directory) {
        try {
            generation = Math.max(generation, Journal.newest(directory, id));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, () -> "which journals of " + id + " there are is not known: " + e);
        }
        return ++generation;
    }

    private Journal begun(Path directory, long mine, String state) {
        if (!Files.isDirectory(directory)) {
            return null;
        }
        try {
            return Journal.begin(files, directory, id, mine, state);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, () -> "no journal of " + id + ", all of its state is saved: " + e);
            return null;
        }
    }

    /** The program was saved with the field of this generation, or of a later one: fields are only ever replaced by newer ones. */
    private synchronized void confirm(long saved) {
        if (saved == generation) {
            confirmed = true;
        }
        try {
            Journal.deleteBefore(files, build.get(), id, saved);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, () -> "journals of " + id + " that are not needed any more stay: " + e);
        }
    }
}
