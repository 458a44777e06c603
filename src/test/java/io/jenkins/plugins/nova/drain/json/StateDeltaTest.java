package io.jenkins.plugins.nova.drain.json;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.drain.DrainBench;
import io.jenkins.plugins.nova.drain.DrainCodec;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** A state and a change give exactly the next state. */
public class StateDeltaTest {

    /** All pairs of these, in both directions. */
    private static final List<String> VALUES = List.of(
            "{\"a\":null,\"b\":[],\"c\":{}}",
            "{\"a\":1,\"b\":[1],\"c\":{\"k\":null}}",
            "{\"a\":1.5,\"b\":[1,null,2],\"c\":{\"k\":\"v\",\"l\":1}}",
            "{\"a\":{\"v\":1,\"o\":{},\"a\":[],\"t\":[]},\"b\":[null,1],\"c\":{\"l\":1,\"k\":\"v\"}}",
            "{\"a\":[],\"b\":[{\"id\":\"x\",\"n\":1},{\"id\":\"y\",\"n\":1}],\"c\":{}}",
            "{\"a\":[[1],[2]],\"b\":[{\"id\":\"x\",\"n\":2},{\"id\":\"y\",\"n\":1},{\"id\":\"z\",\"n\":null}],\"c\":null}",
            "{\"a\":true,\"b\":[{\"id\":\"y\",\"n\":1}],\"c\":\"\\n\\u0001é\\\"\"}",
            "{\"a\":\"1\",\"b\":null,\"c\":12345678901}",
            "{\"b\":null}",
            "null",
            "[]",
            "3");

    @Test
    public void anyValueBecomesAnyOther() {
        for (String before : VALUES) {
            for (String after : VALUES) {
                String change = StateDelta.between(before, after);
                if (before.equals(after)) {
                    assertNull(before, change);
                } else {
                    assertEquals(before + " " + change, after, StateDelta.apply(before, List.of(change)));
                    assertEquals("one line", -1, change.indexOf('\n'));
                }
            }
        }
    }

    @Test
    public void theStatesOfADrainFollowFromTheirChanges() {
        try (SimulatedCloud cloud = DrainBench.mixedCloud()) {
            DrainBench bench = new DrainBench(cloud);
            bench.begin(Orders.empty("compute1").make()).finish(Duration.ofHours(2));
            List<String> states = bench.saved;
            assertTrue("many", states.size() > 8);
            for (int begin = 0; begin < states.size(); begin++) {
                List<String> changes = new ArrayList<>();
                for (int next = begin + 1; next < states.size(); next++) {
                    String change = StateDelta.between(states.get(next - 1), states.get(next));
                    if (change != null) {
                        changes.add(change);
                    }
                    String applied = StateDelta.apply(states.get(begin), changes);
                    assertEquals(states.get(next), applied);
                    assertEquals(DrainCodec.read(states.get(next)), DrainCodec.read(applied));
                    follows(inMaintenance("null", states.get(begin)), inMaintenance("null", states.get(next)));
                    follows(inMaintenance(states.get(begin), "null"), inMaintenance(states.get(next), states.get(0)));
                }
            }
        }
    }

    private static String inMaintenance(String drain, String home) {
        return "{\"part\":\"DRAIN\",\"drain\":" + drain + ",\"home\":" + home + "}";
    }

    private static void follows(String before, String after) {
        String change = StateDelta.between(before, after);
        assertEquals(after, change == null ? before : StateDelta.apply(before, List.of(change)));
    }

    @Test
    public void onlyTheServersThatChangedAreInIt() {
        String before = "{\"servers\":[{\"id\":\"s1\",\"stage\":\"WAITING\",\"name\":\"n1\"},"
                + "{\"id\":\"s2\",\"stage\":\"WAITING\",\"name\":\"n2\"}],\"notes\":[\"long ago\"]}";
        String after = before.replace("s2\",\"stage\":\"WAITING", "s2\",\"stage\":\"MOVING")
                .replace("\"long ago\"", "\"long ago\",\"now\"");
        assertEquals(
                "{\"o\":{\"servers\":{\"a\":{\"1\":{\"o\":{\"stage\":{\"v\":\"MOVING\"}}}},\"t\":[]},"
                        + "\"notes\":{\"a\":{},\"t\":[\"now\"]}}}",
                StateDelta.between(before, after));
    }

    @Test
    public void aChangeOfAnotherStateIsRefused() {
        for (String change : List.of(
                "{}",
                "{\"o\":{\"gone\":{\"v\":1}}}",
                "{\"o\":{\"a\":{\"o\":{}}}}",
                "{\"o\":{\"b\":{\"a\":{\"7\":{\"v\":1}},\"t\":[]}}}",
                "{\"o\":{\"b\":{\"a\":{\"x\":{\"v\":1}},\"t\":[]}}}",
                "[",
                "7")) {
            assertThrows(
                    change,
                    IllegalArgumentException.class,
                    () -> StateDelta.apply("{\"a\":1,\"b\":[]}", List.of(change)));
        }
    }
}
