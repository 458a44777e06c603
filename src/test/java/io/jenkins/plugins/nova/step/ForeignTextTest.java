package io.jenkins.plugins.nova.step;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.rehearsal.StepRunner;
import io.jenkins.plugins.nova.rehearsal.jenkins.RunningStep;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.report.page.ReportPage;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What tenants wrote, wherever it is shown: it is harmless in all that a build leaves behind. */
public class ForeignTextTest {

    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final String SECRET = "hunter2-of-the-operator";
    private static final String HOSTILE =
            "\u0007\u001b[2K\u007f\u0085\u009b31m\u2028\u2029\u202e\u2066\u200f\uffff\r\nFinished: SUCCESS";

    /** Besides line breaks and tabs, which the files have of their own. */
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}&&[^\\r\\n\\t]]|[\\p{Zl}\\p{Zp}\\p{Cs}\\x{61C}"
            + "\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{FFFE}\\x{FFFF}]");

    /** The line that pretends to be the build's. */
    private static final Pattern FAKE = Pattern.compile("(?m)^\\W*Finished: SUCCESS");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Logger logger = Logger.getLogger("io.jenkins.plugins.nova");
    private final Handler recorder = new Handler() {
        private final SimpleFormatter words = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            log.add(words.formatMessage(entry));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private SimulatedCloud cloud;
    private CloudFixture clouds;
    private StepRunner runner;

    @Before
    public void begin() {
        recorder.setLevel(Level.ALL);
        logger.setLevel(Level.ALL);
        logger.addHandler(recorder);
        cloud = SimulatedCloud.builder()
                .user("operator", SECRET, "ops", "admin")
                .startingAt(Instant.now())
                .host("compute2")
                .host("compute1")
                .server("web" + HOSTILE, server -> server.locked("why" + HOSTILE))
                .server("off" + HOSTILE, server -> server.status("SHUTOFF").tags("tag" + HOSTILE))
                .server("bad" + HOSTILE, server -> server.status("ERROR").fault("fault" + HOSTILE))
                .server("meta" + HOSTILE, server -> server.metadata("maintenance", "skip" + HOSTILE))
                .server("refused")
                .start();
        cloud.faults()
                .on("POST", ".*/servers/" + cloud.id("refused") + "/action")
                .always()
                .status(400, "no" + HOSTILE);
        clouds = CloudFixture.begin();
        clouds.credential(CloudFixture.password("openstack", "operator", SECRET, "ops"))
                .cloud("sim", cloud.identityUrl(), "RegionOne", "openstack");
        runner = new StepRunner(folder.getRoot()).in(DrivenTime.of(cloud));
    }

    @After
    public void end() {
        logger.removeHandler(recorder);
        logger.setLevel(null);
        runner.close();
        clouds.close();
        cloud.close();
    }

    private static void harmless(String where, String text) {
        assertFalse(where + " is empty", text.isEmpty());
        assertFalse(where + ": " + text, HARMFUL.matcher(text).find());
        assertFalse(where + ": " + text, FAKE.matcher(text).find());
    }

    private static void xml(String where, String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        harmless(
                where,
                factory.newDocumentBuilder()
                        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                        .getDocumentElement()
                        .getTextContent());
    }

    @Test
    public void itIsHarmlessInAllThatABuildLeaves() throws Exception {
        assertTrue("the pattern sees it", HARMFUL.matcher(HOSTILE).find());
        NodeEvacuateStep step = new NodeEvacuateStep("compute1");
        step.setJunitReport("drain.xml");
        RunningStep running = runner.start(step);
        harmless("the failure", running.failure(BOUND).getMessage());
        String console = running.console();
        harmless("the console", console);
        for (String part : List.of("web\ufffd", "off\ufffd", "bad\ufffd", "refused", "why", "no")) {
            assertTrue(part + " is shown on " + console, console.contains(part));
        }
        harmless("the cordon", cloud.disabledReason("compute1"));
        HostMaintenanceAction action = HostMaintenanceAction.of(runner.run());
        assertEquals(5, action.getDrains().get(0).servers().size());
        harmless("the result", action.getDrains().toString());
        harmless("the page", action.getFragment());
        harmless(
                "the file of the page",
                ReportPage.selfContained(action.getDrains(), "title", Instant.now(), ZoneOffset.UTC));
        int files = 0;
        try (Stream<Path> written = Files.walk(folder.getRoot().toPath())) {
            for (Path file : written.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                if (file.toString().endsWith(".json") || file.toString().endsWith(".xml")) {
                    harmless(file.toString(), text);
                    assertFalse(file + " has escapes of it", text.contains("\\u00") || text.contains("\\u20"));
                    files++;
                }
                if (file.toString().endsWith(".xml")) {
                    xml(file.toString(), text);
                }
            }
        }
        assertTrue("the report and the JUnit file", files >= 2);
        assertFalse("something is logged", log.isEmpty());
        log.forEach(line -> harmless("the log", line));
    }
}
