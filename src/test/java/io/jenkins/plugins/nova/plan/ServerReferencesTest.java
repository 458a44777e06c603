package io.jenkins.plugins.nova.plan;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.plan.ServerReferences.Known;
import io.jenkins.plugins.nova.plan.ServerReferences.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.Test;

/** What a name or an id in a parameter stands for. */
public class ServerReferencesTest {

    private static final String A = "aaaaaaaa-0000-4000-8000-00000000000a";
    private static final String B = "bbbbbbbb-0000-4000-8000-00000000000b";
    private static final String C = "cccccccc-0000-4000-8000-00000000000c";
    private static final String DELETED = "dddddddd-0000-4000-8000-00000000000d";

    private final ServerReferences plan = ServerReferences.among(List.of(
            new Known(A, "scratch", "p1"),
            new Known(B, "scratch", "p2"),
            new Known(C, "db1", "p1"),
            new Known("eeeeeeee-0000-4000-8000-00000000000e", DELETED, "p3"),
            new Known("ffffffff-0000-4000-8000-00000000000f", "*", "p3"),
            new Known("f0f0f0f0-0000-4000-8000-00000000000f", null, null)));

    private Resolved resolve(String... references) {
        return plan.resolve("allowDiskLoss", List.of(references));
    }

    /** Many names look alike once what cannot be shown in them was replaced: such a server is meant by its id alone. */
    @Test
    public void aNameThatIsNotAsItsOwnerWroteItMeansNobody() {
        ServerReferences references = ServerReferences.among(List.of(new Known(A, "web\ufffd1", "p1")));
        assertEquals(
                Set.of(),
                references.resolve("approve", List.of("web\ufffd1", "web1")).ids());
        assertEquals(Set.of(A), references.resolve("approve", List.of(A)).ids());
    }

    @Test
    public void anIdIsThatServerAndNoOther() {
        Resolved resolved = resolve(A);
        assertEquals(Set.of(A), resolved.ids());
        assertTrue(resolved.covers(A));
        assertFalse("the same name", resolved.covers(B));
        assertTrue(resolved.refusal().isEmpty());
        assertEquals("an id needs no words", List.of(), resolved.remarks());
        assertEquals(Set.of(A), resolve(A.toUpperCase(java.util.Locale.ROOT)).ids());
    }

    @Test
    public void aNameOfOneServerIsItsIdAndSaysWhose() {
        Resolved resolved = resolve("db1");
        assertEquals(Set.of(C), resolved.ids());
        assertEquals(List.of("allowDiskLoss: 'db1' is server " + C + " (project p1)."), resolved.remarks());
    }

    @Test
    public void aNameOfSeveralIsRefusedWithIdsAndProjects() {
        Resolved resolved = resolve("db1", "scratch");
        String refusal = resolved.refusal().orElseThrow();
        for (String part : List.of("allowDiskLoss: 'scratch'", "2 servers", A + " (project p1)", B + " (project p2)")) {
            assertTrue(refusal + " lacks " + part, refusal.contains(part));
        }
        assertFalse("it stands for none", resolved.covers(A) || resolved.covers(B));
    }

    @Test
    public void theIdOfADeletedServerIsNotTakenForANameThatSomebodyGave() {
        Resolved resolved = resolve(DELETED);
        assertEquals("itself, should it come", Set.of(DELETED), resolved.ids());
        assertEquals(List.of("allowDiskLoss: no server of this plan is '" + DELETED + "'."), resolved.remarks());
    }

    /** What is said of all hosts of a roll at once is no mistake on each of them. */
    @Test
    public void ofMorePlansThanOneNoneIsNothingToTell() {
        Resolved resolved = ServerReferences.among(List.of(new Known(A, "web1", "p1")))
                .ofMorePlans()
                .resolve("approve", List.of(DELETED, "web1", "typo"));
        assertEquals("itself, should it come", Set.of(DELETED, A), resolved.ids());
        assertEquals(List.of("approve: 'web1' is server " + A + " (project p1)."), resolved.remarks());
    }

    @Test
    public void aServerThatIsNamedAsAllIsNotAll() {
        assertTrue("all were asked for", resolve(ServerReferences.ALL).covers(A));
        assertTrue(resolve("scratch*").ids().isEmpty());
    }

    @Test
    public void namesAreExact() {
        for (String other : List.of("DB1", "db", "db1 ", "db.", "^db1$", "db1\n", "null")) {
            assertEquals(other, Set.of(), resolve(other).ids());
        }
    }

    @Test
    public void aServerThatWasSeenTwiceIsOne() {
        Known twice = new Known(A, "web", "p1");
        assertEquals(
                Set.of(A),
                ServerReferences.among(List.of(twice, twice))
                        .resolve("approve", List.of("web"))
                        .ids());
    }

    @Test
    public void aTenantsThousandServersMakeNoEndlessMessage() {
        List<Known> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            many.add(new Known("id" + i, "web", "p"));
        }
        String refusal = ServerReferences.among(many)
                .resolve("leave", List.of("web"))
                .refusal()
                .orElseThrow();
        assertTrue(refusal, refusal.contains("1000 servers") && refusal.endsWith(", …."));
        assertTrue(refusal, refusal.length() < 1000);
    }

    @Test
    public void onlyNamesNeedALook() {
        assertFalse(ServerReferences.anyName(List.of(A, "*")));
        assertFalse(ServerReferences.anyName(List.of()));
        assertTrue(ServerReferences.anyName(List.of(A, "db1")));
    }

    @Test
    public void aReferenceKnowsAServerByIdNameAndProject() {
        assertEquals(
                new Known("id-a", "a", "project"), Known.of(Servers.named("a").make()));
        for (int same : new int[] {10, 11}) {
            List<Known> known = new ArrayList<>();
            for (int number = 0; number < same; number++) {
                known.add(new Known("id" + number, "web", "p"));
            }
            String refusal = ServerReferences.among(known)
                    .resolve("approve", List.of("web"))
                    .refusal()
                    .orElseThrow();
            assertEquals(same > 10, refusal.contains("…"));
            assertEquals(10, refusal.split("\\(project p\\)", -1).length - 1);
        }
    }
}
