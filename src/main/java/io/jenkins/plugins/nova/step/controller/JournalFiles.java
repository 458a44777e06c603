package io.jenkins.plugins.nova.step.controller;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** What a journal does to the disk. All is on it, not in the system's cache, when one of these returns. */
class JournalFiles {

    /**
     * Writes a file that is not there yet, in a folder that is made where it is missing.
     *
     * @throws IOException also when the folder's own folder is not there: a build's directory is nobody's to make but Jenkins'
     */
    void create(Path file, byte[] content) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent());
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder);
            force(Objects.requireNonNull(folder.getParent()));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(channel, content);
        }
        force(folder);
    }

    /**
     * Writes to the end of a file.
     *
     * @param length what the file has, bytes
     * @throws IOException also when it is not there, or of another length: then somebody else has written or removed it
     */
    void append(Path file, long length, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() != length) {
                throw new IOException(
                        file + " has " + channel.size() + " bytes, and " + length + " were written to it");
            }
            channel.position(length);
            write(channel, content);
        }
    }

    /** Removes a file; nothing where it is not there. */
    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    private static void write(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
            channel.write(left);
        }
        channel.force(true);
    }

    /** The entries of a folder. Windows opens no folder as a file, and writes entries through. */
    private static void force(Path folder) throws IOException {
        if (File.separatorChar == '/') {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
