package hudson;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

public final class FilePath implements SerializableOnlyOverRemoting {
    private final Path path;

    public FilePath(File a0) {
        path = a0.toPath();
    }

    public String getRemote() {
        return path.toString();
    }

    public void mkdirs() throws IOException, InterruptedException {
        Files.createDirectories(path);
    }

    public void deleteRecursive() throws IOException, InterruptedException {
        if (Files.notExists(path)) {
            return;
        }
        List<Path> innermostFirst;
        try (Stream<Path> all = Files.walk(path)) {
            innermostFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : innermostFirst) {
            Files.delete(each);
        }
    }

    public FilePath child(String a0) {
        return new FilePath(path.resolve(a0).toFile());
    }

    public FilePath getParent() {
        return new FilePath(path.getParent().toFile());
    }

    public String readLink() throws IOException, InterruptedException {
        return Files.isSymbolicLink(path) ? Files.readSymbolicLink(path).toString() : null;
    }

    public void write(String a0, String a1) throws IOException, InterruptedException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, a0, Charset.forName(a1));
    }
}
