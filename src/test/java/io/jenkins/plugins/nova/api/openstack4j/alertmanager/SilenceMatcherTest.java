package io.jenkins.plugins.nova.api.openstack4j.alertmanager;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.openstack4j.alertmanager.SilenceMatcher.Operator;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** What is taken for a matcher, what it is for a host, and that no silence is for more than one. */
public class SilenceMatcherTest {

    private static final String BOUND = "host=\"${host}\"\n";

    private static String wrong(String text) {
        return assertThrows(text, IllegalArgumentException.class, () -> SilenceMatcher.parse(text))
                .getMessage();
    }

    @Test
    public void theSyntaxIsAlertmanagers() {
        record Row(String line, String label, Operator operator, String value) {}
        for (Row row : List.of(
                new Row("instance=~\"${host}(:.*)?\"", "instance", Operator.MATCHES, "${host}(:.*)?"),
                new Row("  a_1 != \"b\" ", "a_1", Operator.NOT_EQUAL, "b"),
                new Row("a!~b", "a", Operator.MATCHES_NOT, "b"),
                new Row("a = b c", "a", Operator.EQUAL, "b c"),
                new Row("a=\"\"", "a", Operator.EQUAL, ""),
                new Row("a=\"x\\\"y\\\\z\\d\"", "a", Operator.EQUAL, "x\"y\\z\\d"))) {
            List<SilenceMatcher> found = SilenceMatcher.parse("\n" + BOUND + "\r\n" + row.line());
            assertEquals(
                    row.line(),
                    new SilenceMatcher(row.label(), row.operator(), row.value()),
                    found.get(row.line().contains("${host}") ? found.size() - 1 : 1));
        }
    }

    @Test
    public void whatIsNoneIsToldWithItsLineAndTheWayOut() {
        Map.of(
                        "instance",
                        "'instance' is no matcher of Alertmanager's",
                        "1a=b",
                        "'1a=b' is no matcher",
                        "a==~b(",
                        "",
                        "a=~\"(\"",
                        "'a=~\"(\"' is no regular expression",
                        "a=~\"(?=x)\"",
                        "no look-around",
                        "a=\"x\"y\"",
                        "double quote within its value",
                        "a=\"x",
                        "not in double quotes from end to end",
                        "a=\"\u202e\"",
                        "cannot be shown")
                .forEach((line, words) -> {
                    if (!words.isEmpty()) {
                        String said = wrong(BOUND + line);
                        assertTrue(said, said.startsWith("silenceMatchers: ") && said.contains(words));
                    }
                });
    }

    @Test
    public void oneOfThemMustBindTheHost() {
        for (String text : List.of(
                "",
                " \n ",
                "severity=\"warning\"",
                "instance!=\"${host}\"",
                "instance!~\"${host}.*\"",
                "instance=\"$host\"")) {
            String said = wrong(text);
            assertTrue(said, said.startsWith("silenceMatchers: ") && said.contains("instance=~\"${host}(:.*)?\""));
        }
        assertTrue(wrong(null).contains("it is empty"));
        for (String text :
                List.of("instance=~\"${host}|.*\"", "instance=~\"(${host})*\"", "instance=~\"(${host})?.*\"")) {
            assertTrue(wrong(text), wrong(text).contains("matches other hosts, too"));
        }
    }

    @Test
    public void aHostsNameIsTakenAsItIs() {
        SilenceMatcher regex =
                SilenceMatcher.parse("instance=~\"${host}(:.*)?\"").get(0);
        SilenceMatcher plain = SilenceMatcher.parse("instance=${host}").get(0);
        Map.of(
                        "compute1",
                        "compute1(:.*)?",
                        "compute1.example.org",
                        "compute1\\.example\\.org(:.*)?",
                        "a+b|c[d]{e}^$\\E",
                        "a\\+b\\|c\\[d\\]\\{e\\}\\^\\$\\\\E(:.*)?")
                .forEach((host, value) -> {
                    assertEquals(value, regex.valueFor(host));
                    assertTrue(host, host.matches(value));
                    assertTrue(host, (host + ":9100").matches(value));
                    assertFalse(host, (host + "0").matches(value));
                    assertEquals(host, plain.valueFor(host));
                });
        assertEquals("instance=~\"a\\\\.b(:.*)?\"", regex.filter("a.b"));
        assertEquals("instance=\"a\\\"b\"", plain.filter("a\"b"));
    }

    @Test
    public void oneThatTakesLongerNamesTooIsSeen() {
        Map.of("${host}.*", true, "${host}[^:]*(:.*)?", true, "${host}(:.*)?", false, "${host}(\\.example)?", false)
                .forEach((value, longer) -> assertEquals(
                        value,
                        longer,
                        SilenceMatcher.parse("instance=~\"" + value + "\"")
                                .get(0)
                                .takesLonger()));
    }
}
