package io.jenkins.plugins.nova.diagnosis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes docs/troubleshooting.md from the findings, so that the page and the plugin never say different things. */
public final class TroubleshootingPage {

    static final Path FILE = Path.of("docs", "troubleshooting.md");
    static final String COMMAND =
            "mvn -q -Prehearse test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass="
                    + TroubleshootingPage.class.getName();

    private TroubleshootingPage() {}

    /** Run at the project's root. */
    public static void main(String[] args) throws IOException {
        Files.writeString(FILE, text());
    }

    /** The whole page. */
    static String text() {
        StringBuilder page = new StringBuilder();
        page.append("# Nova's messages, explained\n\n")
                .append("Generated from the data that the steps use for their hints")
                .append(
                        " (`src/main/resources/io/jenkins/plugins/nova/diagnosis/nova-messages.json`); do not edit. Anew:\n\n")
                .append("    ")
                .append(COMMAND)
                .append("\n\n")
                .append(
                        "The first entry whose expression is found in a message is the one that counts. Messages that no")
                .append(" entry knows are shown as Nova words them. How to set hosts up so that most of these never")
                .append(" appear: [operations.md](operations.md).\n\n")
                .append("| entry | who can fix it |\n|---|---|\n");
        for (Finding finding : Diagnosis.standard().all()) {
            page.append("| [")
                    .append(finding.id())
                    .append("](#")
                    .append(finding.id())
                    .append(") | ")
                    .append(finding.fixedBy())
                    .append(" |\n");
        }
        Diagnosis.standard().all().forEach(finding -> entry(page, finding));
        return page.toString();
    }

    private static void entry(StringBuilder page, Finding finding) {
        page.append("\n## ").append(finding.id()).append("\n\n");
        finding.sample()
                .lines()
                .forEach(line -> page.append(("    " + line).stripTrailing()).append('\n'));
        page.append("\n**Cause.** ")
                .append(finding.cause())
                .append("\n\n**What to do.** ")
                .append(finding.hint())
                .append("\n\nWho: ")
                .append(finding.fixedBy())
                .append(". Seen in: ")
                .append(finding.where())
                .append(". Source: ")
                .append(finding.source())
                .append(".\n");
    }
}
