package io.jenkins.plugins.nova.step.argument;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import hudson.AbortException;
import io.jenkins.plugins.nova.drain.DrainOrder;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** What a pipeline may have collected of names that tenants chose does not say more than the pipeline's author meant. */
public class NamesInArgumentsTest {

    private static final String ID = "aaaaaaaa-0000-4000-8000-00000000000a";

    @Test
    public void allIsSaidByTrueAndByNoServersName() throws AbortException {
        assertEquals(List.of("*"), Arguments.namesOrAll("approve", true));
        assertEquals(List.of(), Arguments.namesOrAll("approve", false));
        assertEquals(List.of(), Arguments.namesOrAll("approve", "false"));
        assertEquals(List.of(), Arguments.namesOrAll("approve", null));
        assertEquals(List.of("web1", ID), Arguments.namesOrAll("approve", List.of("web1", ID)));
        for (Object named : List.of("*", "true", List.of("*"), List.of("web1", "*"), List.of("true", ID))) {
            String message = assertThrows(AbortException.class, () -> Arguments.namesOrAll("allowDiskLoss", named))
                    .getMessage();
            assertTrue(message, message.startsWith("allowDiskLoss: '"));
            assertTrue(message, message.endsWith("give its id."));
        }
    }

    /** Words of ours, unlike servers, have no comma in their names: a form has one field for all of them. */
    @Test
    public void servicesBesideNovaAreNamedInAListOrWithCommas() throws AbortException {
        for (Object named : List.of("cinder, octavia ,neutron", List.of("cinder", "octavia", "neutron"))) {
            assertEquals(
                    Arguments.hostSettings("beside", List.of("cinder", "neutron")),
                    Arguments.hostSettings("beside", named));
            assertEquals(DrainOrder.Amphorae.FAILED_OVER, Arguments.amphorae("beside", named));
        }
        for (String wrong : List.of(",", "cinder,", "cinder,none", "cinder ironic")) {
            assertThrows(wrong, AbortException.class, () -> Arguments.hostSettings("beside", wrong));
        }
    }

    @Test
    public void aManifestTakesIdsAlone() throws AbortException {
        assertEquals(ID, Manifest.read("manifest", List.of(ID)).get(0).id());
        assertEquals(ID, Manifest.read("manifest", " " + ID + " ").get(0).id());
        Map<String, Object> moved = Map.of("id", ID, "name", "web1", "outcome", "MOVED", "to", "compute2");
        assertEquals("web1", Manifest.read("manifest", List.of(moved)).get(0).name());
        for (Object named : List.of(
                "web1",
                List.of("web1"),
                List.of(ID, "web1"),
                List.of(Map.of("id", "web1")),
                Map.of("servers", List.of("web1")))) {
            String message = assertThrows(AbortException.class, () -> Manifest.read("manifest", named))
                    .getMessage();
            assertTrue(message, message.startsWith("manifest: 'web1' will not do; "));
            assertTrue(message, message.contains("list of ids"));
        }
    }
}
