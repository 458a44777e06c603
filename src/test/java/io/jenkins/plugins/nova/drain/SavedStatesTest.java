package io.jenkins.plugins.nova.drain;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.SavedVersions;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** A drain whose state an earlier version saved ends as one that was never interrupted. */
@RunWith(Parameterized.class)
public class SavedStatesTest {

    private static final Duration LONG = Duration.ofHours(8);

    private final Moment moment;
    private final String version;

    public SavedStatesTest(Moment moment, String version) {
        this.moment = moment;
        this.version = version;
    }

    @Parameters(name = "{0} of {1}")
    public static List<Object[]> samples() {
        List<Object[]> samples = new ArrayList<>();
        for (String version : SavedVersions.ALL) {
            for (Moment moment : Moment.values()) {
                samples.add(new Object[] {moment, version});
            }
        }
        return samples;
    }

    @Test
    public void anEarlierVersionsStateGoesOnToTheSameEnd() {
        DrainState whole = undisturbed();
        try (SimulatedCloud cloud = moment.cloud()) {
            String text = text(cloud.identityUrl());
            DrainState saved = DrainCodec.read(text);
            assertTrue("the sample shows " + moment, moment.is(saved));
            cloud.faults().clear();
            new Replay(cloud, new DrainBench(cloud).nova()).of(saved);
            DrainBench bench = new DrainBench(cloud);
            DrainState last = bench.resume(text).finish(LONG);
            assertEquals(bench.text(), whole.outcome(), last.outcome());
            assertEquals(outcomes(whole), outcomes(last));
            for (ServerState server : last.servers()) {
                List<String> moves = cloud.audit().actionsOf(server.id()).stream()
                        .filter(List.of("os-migrateLive", "migrate", "evacuate")::contains)
                        .toList();
                assertEquals(server.name() + " was asked to move once: " + moves, 1, moves.size());
            }
        }
    }

    @Test
    public void aNewerVersionsStateIsRefusedWithTheWayOut() {
        String newer = text(URI.create("http://127.0.0.1:12345"))
                .replaceFirst("\"schema\":\\d+", "\"schema\":" + (DrainCodec.SCHEMA + 1));
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> DrainCodec.read(newer));
        assertTrue(refusal.getMessage(), refusal.getMessage().contains("newer version of the plugin"));
        assertTrue(refusal.getMessage(), refusal.getMessage().contains("install that version again"));
    }

    private DrainState undisturbed() {
        try (SimulatedCloud cloud = moment.cloud()) {
            return new DrainBench(cloud).begin(moment.order()).finish(LONG);
        }
    }

    private static List<String> outcomes(DrainState state) {
        return state.servers().stream()
                .map(server -> server.name() + " " + server.outcome())
                .sorted()
                .toList();
    }

    private String text(URI cloud) {
        return new String(SavedVersions.read(version, moment.file(), cloud), StandardCharsets.UTF_8);
    }
}
