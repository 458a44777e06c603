package io.jenkins.plugins.nova.plan;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class ByServerTest {

    private record Row(String server, int number) {}

    @Test
    public void whatIsAboutAServerIsFoundInTheOrderOfTheList() {
        List<Row> rows = new ArrayList<>(List.of(new Row("b", 1), new Row("a", 2), new Row("b", 3)));
        ByServer<Row> found = ByServer.one(rows, Row::server);
        rows.clear();
        assertEquals(List.of(new Row("b", 1), new Row("a", 2), new Row("b", 3)), found.all());
        assertEquals(List.of(new Row("b", 1), new Row("b", 3)), found.of("b"));
        assertEquals(List.of(new Row("a", 2)), found.of("a"));
        assertEquals(List.of(), found.of("c"));
        assertThrows(UnsupportedOperationException.class, () -> found.of("b").clear());
    }

    @Test
    public void anElementMayBeAboutSeveralServersOrNone() {
        Map<String, List<String>> groups = Map.of("pair", List.of("a", "b"), "empty", List.of());
        ByServer<String> found = ByServer.many(List.of("pair", "empty"), groups::get);
        assertEquals(List.of("pair", "empty"), found.all());
        assertEquals(List.of("pair"), found.of("a"));
        assertEquals(List.of("pair"), found.of("b"));
    }

    @Test
    public void ofTheSameElementsTheSameIsFound() {
        ByServer<String> one = ByServer.one(List.of("a", "b"), name -> name);
        ByServer<String> same = ByServer.one(new ArrayList<>(List.of("a", "b")), name -> name);
        assertEquals(one, same);
        assertEquals(one.hashCode(), same.hashCode());
        assertEquals("[a, b]", one.toString());
        assertNotEquals(one, ByServer.one(List.of("a"), name -> name));
        assertNotEquals(one.hashCode(), ByServer.one(List.of("a"), name -> name).hashCode());
        assertNotEquals(one, List.of("a", "b"));
        assertNotEquals(one, null);
    }
}
