package io.jenkins.plugins.nova.diagnosis;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.Test;

/** The data as such: complete, in a sound order, and fit to be shown. */
public class DiagnosisTest {

    private static final Set<String> FIELDS =
            Set.of("id", "pattern", "sample", "cause", "hint", "fixedBy", "where", "source");

    private final Diagnosis diagnosis = Diagnosis.standard();

    @Test
    public void everyEntryHasEveryFieldAndNoOther() throws IOException {
        JsonNode entries;
        try (InputStream data = Diagnosis.class.getResourceAsStream("nova-messages.json")) {
            entries = new ObjectMapper().readTree(data);
        }
        assertTrue("the known messages, those of the services behind Nova among them", entries.size() >= 150);
        for (JsonNode entry : entries) {
            Set<String> names = new TreeSet<>();
            entry.fieldNames().forEachRemaining(names::add);
            assertEquals(entry.path("id").asText(), new TreeSet<>(FIELDS), names);
            entry.forEach(value -> assertTrue(
                    entry.path("id").asText(),
                    value.isTextual() && !value.asText().isBlank()));
        }
    }

    @Test
    public void idsAreUniqueAndPlain() {
        Set<String> seen = new HashSet<>();
        for (Finding finding : diagnosis.all()) {
            assertTrue(finding.id(), finding.id().matches("[a-z0-9]+(-[a-z0-9]+)*"));
            assertTrue("twice: " + finding.id(), seen.add(finding.id()));
        }
    }

    @Test
    public void noEntryStandsInTheWayOfAnothersSample() {
        for (Finding finding : diagnosis.all()) {
            assertEquals(
                    finding.id(),
                    diagnosis.of(finding.sample()).map(Finding::id).orElse("none"));
        }
    }

    @Test
    public void noPatternMatchesJustAnything() {
        for (Finding finding : diagnosis.all()) {
            assertFalse(finding.id(), finding.explains(""));
            assertFalse(finding.id(), finding.explains("Error"));
            assertFalse(finding.id(), finding.explains("instance host migration compute server failed error"));
        }
    }

    @Test
    public void causesAndHintsAreSentencesThatAResultCanShow() {
        for (Finding finding : diagnosis.all()) {
            for (String text : List.of(finding.cause(), finding.hint())) {
                assertTrue(finding.id() + ": " + text, text.endsWith("."));
                assertFalse(finding.id() + ": " + text, text.contains("\n"));
            }
            assertEquals(finding.cause() + " " + finding.hint(), finding.advice());
        }
    }

    @Test
    public void whatNobodySaidIsNotExplained() {
        assertTrue(diagnosis.of(null).isEmpty());
        assertTrue(diagnosis.of("").isEmpty());
    }
}
