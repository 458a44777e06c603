package io.jenkins.plugins.nova.rehearsal.steps;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files of a folder, chosen as Ant does: patterns parted by commas or spaces, in which ** is any folders, * and ? are not
 * across them, and one that ends with a slash is all below.
 */
final class FileSet {
    /** What Ant leaves out unless it is told not to. */
    private static final String DEFAULT_EXCLUDES = "**/*~, **/#*#, **/.#*, **/%*%, **/._*, **/CVS/**, **/.cvsignore,"
            + " **/SCCS/**, **/.svn/**, **/.DS_Store, **/.git/**, **/.gitattributes, **/.gitignore, **/.gitmodules,"
            + " **/.hg/**, **/.hgignore, **/.bzr/**, **/.bzrignore";

    private final List<Pattern> includes;
    private final List<Pattern> excludes;

    /** @param defaultExcludes whether files of version control and of editors are left out */
    FileSet(String includes, String excludes, boolean defaultExcludes) {
        this.includes = patterns(includes.isBlank() ? "**" : includes).toList();
        this.excludes = Stream.concat(patterns(excludes), defaultExcludes ? patterns(DEFAULT_EXCLUDES) : Stream.empty())
                .toList();
    }

    private static Stream<Pattern> patterns(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(each -> !each.isEmpty())
                .map(FileSet::pattern);
    }

    private static Pattern pattern(String text) {
        String whole = text.endsWith("/") ? text + "**" : text;
        StringBuilder expression = new StringBuilder();
        for (int i = 0; i < whole.length(); i++) {
            if (whole.startsWith("**/", i)) {
                expression.append("(?:.*/)?");
                i += 2;
            } else if (whole.startsWith("**", i)) {
                expression.append(".*");
                i++;
            } else if (whole.charAt(i) == '*') {
                expression.append("[^/]*");
            } else if (whole.charAt(i) == '?') {
                expression.append("[^/]");
            } else {
                expression.append(Pattern.quote(String.valueOf(whole.charAt(i))));
            }
        }
        return Pattern.compile(expression.toString());
    }

    /** The files of that folder, sorted, each by its path in it; none if there is no such folder. */
    List<Path> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .filter(this::has)
                    .sorted()
                    .toList();
        } catch (FileSystemLoopException loop) {
            throw new IOException("a link in " + folder + " leads back to a folder that it stands in", loop);
        }
    }

    private boolean has(Path file) {
        String name = file.toString().replace('\\', '/');
        return includes.stream().anyMatch(each -> each.matcher(name).matches())
                && excludes.stream().noneMatch(each -> each.matcher(name).matches());
    }
}
