package io.jenkins.plugins.nova.step.controller;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;

import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedJob;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** How builds are found on a controller. */
public class JobsOfControllerTest {

    private static final String STEP = "9fff7e36";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Map<String, RehearsedJob> items = new LinkedHashMap<>();
    private Jenkins jenkins;

    @Before
    public void begin() throws Exception {
        jenkins = new Jenkins(folder.newFolder(), null) {
            @Override
            public <T extends Item> List<T> getAllItems(Class<T> type) {
                assertEquals("whoever asks", ACL.SYSTEM2, getAuthentication2());
                return items.values().stream().map(type::cast).toList();
            }

            @Override
            public Item getItemByFullName(String name) {
                return items.get(name);
            }
        };
    }

    @After
    public void end() {
        jenkins.cleanUp();
    }

    /** Build 1 of a job, with a file in its directory. */
    private RehearsedRun build(String name, String file) throws IOException {
        RehearsedRun run = RehearsedRun.begin(name, folder.newFolder());
        items.put(name, run.getParent());
        File kept = new File(new File(run.getParent().getBuildDir(), "1"), file);
        Files.createDirectories(kept.getParentFile().toPath());
        Files.createFile(kept.toPath());
        return run;
    }

    @Test
    public void aBuildIsFoundByWhatItKeepsOfAStep() throws IOException {
        RehearsedRun page = build("archive/page", "host-maintenance/" + STEP + "-0000.json");
        RehearsedRun writing = build("writing", "host-maintenance/" + STEP + "-0000123.tmp");
        RehearsedRun journal = build("journal", "nova-maintenance/" + STEP + "-0000.3.journal");
        build("another", "host-maintenance/8fff7e36-0000.json");
        build("none", "build.xml");
        List<Run<?, ?>> found = new JobsOfController().keeping(1, STEP);
        assertEquals(List.of(page, writing, journal), found);
        assertEquals(List.of(), new JobsOfController().keeping(2, STEP));
    }

    @Test
    public void aBuildIsFoundByItsName() throws IOException {
        RehearsedRun run = build("ops/drain", "build.xml");
        JobsOfController jobs = new JobsOfController();
        assertSame(run, jobs.named("ops/drain#1"));
        for (String nothing : List.of("ops/drain#2", "ops/gone#1", "what a person wrote")) {
            assertNull(nothing, jobs.named(nothing));
        }
        jenkins.cleanUp();
        assertNull(jobs.named("ops/drain#1"));
        assertEquals(List.of(), jobs.keeping(1, STEP));
    }
}
