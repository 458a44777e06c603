package io.jenkins.plugins.nova.step.controller;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The changes of a state since a base, in a file of the build's directory: {@code nova-maintenance/<step's
 * id>.<generation>.journal}. Each line is the length and the CRC32 of its text, and the text; the first names the base. What is
 * appended is on disk before anybody is told that it was saved, so a last line that is torn was never told of.
 */
final class Journal {

    private static final Pattern LINE = Pattern.compile("(\\d{1,9}) ([0-9a-f]{8}) ");
    private static final int PREFIX = 19;

    private final JournalFiles files;
    private final String id;
    private final long generation;
    private final long limit;
    private long length;

    private Journal(JournalFiles files, String id, long generation, String base, long length) {
        this.files = files;
        this.id = id;
        this.generation = generation;
        this.limit = bytes(base).length;
        this.length = length;
    }

    /**
     * Begins a journal, with nothing in it.
     *
     * @param build the build's directory
     * @param id of the step
     * @param base the state whose changes it is to have
     */
    static Journal begin(JournalFiles files, Path build, String id, long generation, String base) throws IOException {
        byte[] first = line(first(base));
        files.create(file(build, id, generation), first);
        return new Journal(files, id, generation, base, first.length);
    }

    /** Whether it is as long as its base: then the next save is a whole state, and what is written stays in proportion. */
    boolean full() {
        return length >= limit;
    }

    /**
     * Adds a change; it is on disk when this returns. Not to be called again once it has failed: what stands at the end is
     * not known then.
     *
     * @param change one line
     */
    void append(Path build, String change) throws IOException {
        byte[] line = line(change);
        files.append(file(build, id, generation), length, line);
        length += line.length;
    }

    /**
     * The changes in a journal.
     *
     * @param base the state that it is thought to begin with
     * @throws IllegalArgumentException when it is missing, of another base, or broken anywhere but at its end
     */
    static List<String> read(Path build, String id, long generation, String base) {
        Path file = file(build, id, generation);
        try {
            List<String> lines = lines(Files.readAllBytes(file), file);
            if (lines.isEmpty() || !lines.get(0).equals(first(base))) {
                throw new IllegalArgumentException(refusal(file, "does not belong to the saved program of this build"));
            }
            return lines.subList(1, lines.size());
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(refusal(file, "is missing"), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(refusal(file, "cannot be read (" + e + ")"), e);
        }
    }

    private static List<String> lines(byte[] all, Path file) {
        List<String> lines = new ArrayList<>();
        int begin = 0;
        while (begin < all.length) {
            int end = begin;
            while (end < all.length && all[end] != '\n') {
                end++;
            }
            String head = new String(all, begin, Math.min(PREFIX, end - begin), StandardCharsets.ISO_8859_1);
            Matcher prefix = LINE.matcher(head);
            boolean known = prefix.lookingAt();
            int announced = known ? Integer.parseInt(prefix.group(1)) : 0;
            int text = begin + (known ? prefix.end() : 0);
            boolean complete = end < all.length;
            if (complete
                    && known
                    && end - text == announced
                    && prefix.group(2).equals(checksum(all, text, announced))) {
                lines.add(new String(all, text, announced, StandardCharsets.UTF_8));
            } else if (end + 1 < all.length
                    || !unfinished(all, begin, end, known ? text + announced : begin + PREFIX)) {
                throw new IllegalArgumentException(refusal(file, "is damaged in line " + (lines.size() + 1)));
            }
            begin = end + 1;
        }
        return lines;
    }

    /**
     * Whether a last line is one that was being written when the machine stopped: cut short, or with zeros where nothing was
     * written yet. Any other that is not right may have been told of as saved, and was damaged since.
     *
     * @param limit where its text would end; of a prefix alone, where that would
     */
    private static boolean unfinished(byte[] all, int begin, int end, int limit) {
        for (int i = begin; i < end; i++) {
            if (all[i] == 0) {
                return true;
            }
        }
        return end == all.length && end <= limit;
    }

    private static String refusal(Path file, String what) {
        return "the journal " + file + " " + what
                + ", so what was asked of the cloud last is not known. Nothing more is done."
                + " Run the step anew in another build: it looks first at what is under way";
    }

    /** The highest generation of the step's journals that are there; 0 where there is none. */
    static long newest(Path build, String id) throws IOException {
        long newest = 0;
        for (Path file : all(build, id)) {
            newest = Math.max(newest, generation(file, id));
        }
        return newest;
    }

    /**
     * Whether the directory of a build has a journal of a step.
     *
     * @param build nothing need be there
     * @param step the beginning of the step's id, digits and letters
     */
    static boolean isOf(Path build, String step) throws IOException {
        Path folder = folder(build);
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, step + "*.journal")) {
            return files.iterator().hasNext();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Removes the step's journals of the generations before this one. */
    static void deleteBefore(JournalFiles files, Path build, String id, long generation) throws IOException {
        for (Path file : all(build, id)) {
            if (generation(file, id) < generation) {
                files.delete(file);
            }
        }
    }

    private static List<Path> all(Path build, String id) throws IOException {
        List<Path> found = new ArrayList<>();
        Path folder = folder(build);
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, id + ".*.journal")) {
                for (Path file : files) {
                    if (generation(file, id) >= 0) {
                        found.add(file);
                    }
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return found;
    }

    /** -1 where it is no journal of ours. */
    private static long generation(Path file, String id) {
        Matcher number = Pattern.compile(Pattern.quote(id) + "\\.(\\d{1,18})\\.journal")
                .matcher(String.valueOf(file.getFileName()));
        return number.matches() ? Long.parseLong(number.group(1)) : -1;
    }

    private static Path folder(Path build) {
        return build.resolve("nova-maintenance");
    }

    private static Path file(Path build, String id, long generation) {
        return folder(build).resolve(id + "." + generation + ".journal");
    }

    private static String first(String base) {
        byte[] text = bytes(base);
        return "{\"base\":\"" + text.length + " " + checksum(text, 0, text.length) + "\"}";
    }

    private static byte[] line(String text) {
        byte[] payload = bytes(text);
        ByteArrayOutputStream line = new ByteArrayOutputStream(payload.length + PREFIX + 1);
        line.writeBytes(bytes(payload.length + " " + checksum(payload, 0, payload.length) + " "));
        line.writeBytes(payload);
        line.write('\n');
        return line.toByteArray();
    }

    private static String checksum(byte[] text, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(text, from, length);
        return String.format("%08x", crc.getValue());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
