package io.jenkins.plugins.nova.docs;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/** docs/commands.md says of every command that the pages show how it was run, and of no other. */
public class CommandsTest {

    private static final Path LIST = Path.of("docs/commands.md");

    /** What a shell is given here begins with one of these and has something behind it. */
    private static final String PROGRAM =
            "(?:sudo|mvn|java|openstack|nova|nova-manage|virsh|ssh|ssh-keygen|chown|restorecon"
                    + "|usermod|systemctl|getent|ipmitool|javap|\\.ci/run|\\. src/\\S+|src/test/mini-nova/\\S+)";

    private static final Pattern LINE =
            Pattern.compile("(?m)^(?: {4,}|)(?:sh ')?(" + PROGRAM + "(?= |$)(?: [^#\\n]*)?)");
    private static final Pattern INLINE = Pattern.compile("`(" + PROGRAM + " [^`]+|\\.ci/run)`");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\w*\\n(.*?)^```|((?:^ {4,}.*\\n)+)");

    @Test
    public void everyCommandOfThePagesIsListedWithHowItWasRun() {
        assertEquals(shown(), listed());
    }

    @Test
    public void whatIsNotRunSaysWhy() {
        rows().map(row -> row.split("\\|")[2].strip())
                .filter(how -> how.startsWith("not run"))
                .forEach(how -> assertFalse(how, how.equals("not run")));
    }

    private static Set<String> shown() {
        return pages().flatMap(page -> {
                    String text = Pages.read(page);
                    Stream<String> blocks = BLOCK.matcher(text)
                            .results()
                            .map(block -> block.group().replaceAll("(?m)^```.*$", ""))
                            .flatMap(block -> found(LINE, block));
                    return Stream.concat(blocks, found(INLINE, text.replaceAll("\\n +", " ")));
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> listed() {
        return rows().flatMap(row -> found(Pattern.compile("`([^`]+)`"), row.split("\\|")[1]))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> rows() {
        return Pages.read(LIST).lines().filter(line -> line.startsWith("| `"));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .map(command -> command.replaceFirst("(?: +//.*|'\\s*)$", "").strip());
    }

    /** The troubleshooting page is generated from data and quotes Nova, not a shell. */
    private static Stream<Path> pages() {
        return Pages.all().stream().filter(path -> !path.equals(LIST) && !path.endsWith("troubleshooting.md"));
    }
}
