package io.jenkins.plugins.nova.report.page;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.util.List;
import org.junit.Test;

/** How it is told whose a server is: by name where that is known, with the id behind it, and without one by a part of the id. */
public class WhoseTest {

    private static final String ID = "8f6a0d6c0e2f4b6f9a1e7d7a4b0c5d11";
    private static final String OTHER = "0123456789abcdef0123456789abcdef";

    private record One(String id, String name) {}

    private static String told(One one, One... others) {
        List<One> all = new java.util.ArrayList<>(List.of(others));
        all.add(one);
        Markup markup = new Markup();
        Whose.of("owner", all, One::id, One::name).write(one.id(), one.name(), markup);
        return markup.toString()
                .replace("<wbr/>", "")
                .replace(" class=\"nova-who nova-whose\"", "")
                .replaceAll("</?(bdi|span)>", "");
    }

    @Test
    public void aNameStandsForItsIdWhichIsBehindIt() {
        assertEquals("<span title=\"owner alice, id " + ID + "\">alice", told(new One(ID, "alice")));
        assertEquals("<span title=\"owner alice\">alice", told(new One(null, "alice")));
    }

    @Test
    public void withoutANameAPartOfTheIdDoes() {
        for (String none : new String[] {null, "", " "}) {
            assertEquals("<span title=\"owner " + ID + "\">owner 8f6a0d6c…", told(new One(ID, none)));
            assertEquals("as early versions wrote it", "<span title=\"owner ops\">ops", told(new One("ops", none)));
            assertEquals("", told(new One(none, none)));
        }
    }

    @Test
    public void aNameThatTwoHaveIsToldWithAPartOfTheId() {
        String shared = "<span title=\"owner alice, id " + ID + "\">alice (8f6a0d6c…)";
        assertEquals(shared, told(new One(ID, "alice"), new One(OTHER, "alice")));
        String alone = "<span title=\"owner alice, id " + ID + "\">alice";
        assertEquals(
                alone, told(new One(ID, "alice"), new One(ID, "alice"), new One(OTHER, "bob"), new One(OTHER, null)));
    }

    @Test
    public void ofALongNameTheBeginningDoes() {
        String path = "cn=alice,ou=people,ou=payments,o=example,c=org";
        assertEquals(
                "<span title=\"owner " + path + ", id " + ID + "\">" + path.substring(0, 40) + "…",
                told(new One(ID, path)));
        String rocket = "r".repeat(39) + "\ud83d\ude80 and more";
        assertEquals(
                "no half of a character",
                "<span title=\"owner " + rocket + ", id " + ID + "\">" + "r".repeat(39) + "…",
                told(new One(ID, rocket)));
    }

    @Test
    public void aNameIsNeverMarkup() {
        String told = told(new One(ID, "<b>\"&'"));
        assertFalse(told, told.contains("<b>"));
    }
}
