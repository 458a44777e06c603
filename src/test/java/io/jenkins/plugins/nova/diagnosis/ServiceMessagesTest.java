package io.jenkins.plugins.nova.diagnosis;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.Test;

/**
 * Messages of the services behind Nova with ids, hosts and devices filled in, at least two spellings each
 * ({@code service-messages.json}), and what they must be taken for: their own finding and no other.
 */
public class ServiceMessagesTest {

    /**
     * Findings that match a message, too, and stand behind the one that explains it: a wrapper's words, or a wider reason. Any
     * other pair is a pattern that matches too much.
     */
    private static final Map<String, Set<String>> WIDER = Map.ofEntries(
            Map.entry("barbican-forbidden", Set.of("key-manager", "precheck-source")),
            Map.entry("block-device-prep", Set.of("build-aborted")),
            Map.entry("reimage", Set.of("build-aborted")),
            Map.entry("network-allocation", Set.of("build-aborted")),
            Map.entry("vif-create", Set.of("build-aborted")),
            Map.entry("anti-affinity", Set.of("build-aborted")),
            Map.entry("glance-unreachable", Set.of("api-connection-lost")),
            Map.entry("cinder-unreachable", Set.of("api-connection-lost")),
            Map.entry("pci-claim", Set.of("claim-failed")),
            Map.entry("page-size", Set.of("claim-failed")),
            Map.entry("scheduler-unreachable", Set.of("message-timeout")),
            Map.entry("migration-load", Set.of("qemu-gone")),
            Map.entry("disk-in-use", Set.of("qemu-gone")),
            Map.entry("guest-memory", Set.of("qemu-gone")),
            Map.entry("machine-type", Set.of("qemu-gone")),
            Map.entry("libvirt-ssh-key", Set.of("ssh-key")),
            Map.entry("libvirt-ssh-host-key", Set.of("ssh-host-key")),
            Map.entry("ssh-host-key", Set.of("ssh-failed")),
            Map.entry("ssh-key", Set.of("ssh-failed")),
            Map.entry("ssh-no-shell", Set.of("ssh-failed")),
            Map.entry("post-copy", Set.of("force-complete-early")));

    private final Diagnosis diagnosis = Diagnosis.standard();

    private static Map<String, List<String>> table() throws IOException {
        try (InputStream data = ServiceMessagesTest.class.getResourceAsStream("service-messages.json")) {
            return new ObjectMapper().readValue(data, new TypeReference<Map<String, List<String>>>() {});
        }
    }

    @Test
    public void eachSpellingFindsItsEntry() throws IOException {
        List<String> wrong = new ArrayList<>();
        table().forEach((id, messages) -> {
            assertTrue(id + " has two spellings at least", messages.size() >= 2);
            for (String message : messages) {
                String found = diagnosis.of(message).map(Finding::id).orElse("none");
                if (!found.equals(id)) {
                    wrong.add(found + " instead of " + id + ": " + message);
                }
            }
        });
        assertEquals(List.of(), wrong);
    }

    /** All messages against all patterns, the samples included. */
    @Test
    public void noOtherPatternMatchesIt() throws IOException {
        Map<String, List<String>> messages = table();
        diagnosis
                .all()
                .forEach(finding -> messages.computeIfAbsent(finding.id(), id -> new ArrayList<>())
                        .add(finding.sample()));
        List<String> wrong = new ArrayList<>();
        messages.forEach((id, spellings) -> spellings.forEach(message -> {
            Set<String> matching = diagnosis.all().stream()
                    .filter(finding -> finding.explains(message))
                    .map(Finding::id)
                    .collect(Collectors.toCollection(TreeSet::new));
            matching.remove(id);
            matching.removeAll(WIDER.getOrDefault(id, Set.of()));
            if (!matching.isEmpty()) {
                wrong.add(matching + " match the message of " + id + ": " + message);
            }
        }));
        assertEquals(List.of(), wrong);
    }

    @Test
    public void theServicesBehindNovaAreThere() throws IOException {
        Set<String> ids = table().keySet();
        Set<String> sources = diagnosis.all().stream().map(Finding::source).collect(Collectors.toSet());
        for (String service :
                List.of("barbican", "castellan", "glance", "cinder", "os_brick", "neutron", "libvirt", "qemu")) {
            assertTrue(service, sources.stream().anyMatch(source -> source.contains(service)));
        }
        assertTrue("messages beyond Nova's own: " + ids.size(), ids.size() >= 60);
    }

    /** What nobody has explained: near to what is known, and another thing. */
    @Test
    public void whatOnlyLooksLikeItIsNotExplained() {
        for (String message : List.of(
                "Instance 5f0c9a3e-2d1b-4c7e-8a65-1f2e3d4c5b6a could not be found.",
                "Snapshot 5f0c9a3e-2d1b-4c7e-8a65-1f2e3d4c5b6a could not be found.",
                "Key pair 'Image' already exists.",
                "Volume type lvm could not be found by its name",
                "libvirtError: internal error",
                "the domain is running",
                "Secret",
                "Connection refused",
                "Forbidden",
                "not_an_Image x could not be found.",
                "Port security must be enabled",
                "Network is unreachable")) {
            assertEquals(message, "none", diagnosis.of(message).map(Finding::id).orElse("none"));
        }
    }

    @Test
    public void onlyTheFirstFourKilobytesAreRead() {
        String known = "Connection to the hypervisor is broken on host";
        String far = "x".repeat(Diagnosis.MOST_READ) + known;
        assertTrue(diagnosis.of(far).isEmpty());
        assertTrue(diagnosis.of(known + "x".repeat(5_000_000)).isPresent());
    }

    /**
     * Tenants can write into what is matched, names at least: no pattern may go back and forth in it without end. Counted, not
     * timed: the characters that a pattern looks at.
     */
    @Test
    public void noPatternBacktracksWithoutEnd() {
        for (Finding finding : diagnosis.all()) {
            for (String hostile : hostile(finding)) {
                Counted text = new Counted(hostile);
                finding.explains(text);
                assertTrue(
                        finding.id() + " looked at " + text.looks + " characters of " + hostile.substring(0, 60),
                        text.looks < 5_000_000);
            }
        }
    }

    /** Texts made of a pattern's own beginnings, of blanks and of none, that end before it could match. */
    private static List<String> hostile(Finding finding) {
        List<String> texts = new ArrayList<>();
        String sample = finding.sample().replace("\n", " ");
        for (int length : new int[] {1, 8, 20, sample.length() - 1}) {
            String part = sample.substring(0, Math.max(1, Math.min(length, sample.length() - 1)));
            texts.add(fill(part + " "));
        }
        texts.add(fill("a"));
        texts.add(fill(" "));
        texts.add(fill("Instance "));
        texts.add(fill("'"));
        texts.add(sample.substring(0, sample.length() / 2) + fill("a"));
        texts.add(sample.substring(0, sample.length() / 2) + fill("a "));
        texts.replaceAll(text -> text.substring(0, Diagnosis.MOST_READ));
        return texts;
    }

    private static String fill(String part) {
        return part.repeat(Diagnosis.MOST_READ / part.length() + 1);
    }

    /** A text that counts how often it is looked at. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long looks;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    @Test
    public void theCountIsOneThatFindsABadPattern() {
        Finding bad = new Finding(
                "bad", java.util.regex.Pattern.compile("(.*)(.*)(.*)b"), "ab", "C.", "H.", FixedBy.OPERATOR, "w", "s");
        Counted text = new Counted("a".repeat(150));
        assertFalse(bad.explains(text));
        assertTrue(String.valueOf(text.looks), text.looks > 5_000_000);
    }
}
