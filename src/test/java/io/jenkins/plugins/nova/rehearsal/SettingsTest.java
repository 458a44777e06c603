package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;

public class SettingsTest {
    @Test
    public void withoutAnythingTheExampleOnTheSimulatedCloud() throws IOException {
        Settings settings = Settings.read(name -> null, Set.of());
        assertEquals(
                "docs/examples/host-maintenance.Jenkinsfile",
                settings.jenkinsfile().name());
        assertEquals(
                Files.readString(Path.of("docs/examples/host-maintenance.Jenkinsfile")),
                settings.jenkinsfile().text());
        assertEquals("host-maintenance", settings.jenkinsfile().job());
        assertEquals(Map.of(), settings.parameters());
        assertEquals("Answers[; []]", settings.answers().toString());
        assertEquals("Stubs[; answers of ]", settings.reach().stubs().toString());
        assertFalse(settings.reach().commands());
        assertTrue(settings.reach().sandbox());
        assertEquals(false, settings.realCloud());
        assertEquals(Map.of(), settings.clouds());
        assertEquals(Map.of(), settings.variables());
    }

    @Test
    public void everythingGiven() {
        Map<String, String> properties = Map.of(
                "jenkinsfile", "x/Jenkinsfile",
                "params", "HOST=compute2,APPROVE=true,TEXT=a\\,b=c",
                "answer", "abort",
                "cloud", "env",
                "clouds", "lab:openstack-maintenance, prod",
                "stub", "lock, mail",
                "branch", "main",
                "kill", "2h, 90,20m,5s",
                "stub.sh", "some secret");
        Settings settings = Settings.read(properties::get, properties.keySet());
        assertEquals("Jenkinsfile", settings.jenkinsfile().job());
        assertEquals(Map.of("HOST", "compute2", "APPROVE", "true", "TEXT", "a,b=c"), settings.parameters());
        assertEquals("Answers[abort; []]", settings.answers().toString());
        assertEquals(
                "Stubs[lock, mail; answers of sh]", settings.reach().stubs().toString());
        assertFalse(settings.toString().contains("some secret"));
        assertTrue(settings.realCloud());
        assertEquals(Map.of("lab", "openstack-maintenance", "prod", ""), settings.clouds());
        assertEquals(Map.of("BRANCH_NAME", "main"), settings.variables());
        assertEquals(
                List.of(Duration.ofSeconds(5), Duration.ofSeconds(90), Duration.ofMinutes(20), Duration.ofHours(2)),
                settings.kills());
    }

    private static String refusal(String name, String value) {
        return assertThrows(IllegalArgumentException.class, () -> Settings.read(Map.of(name, value)::get, Set.of(name)))
                .getMessage();
    }

    @Test
    public void wrongValuesNamePropertyAndValue() {
        assertEquals("-Danswer must be proceed or abort, not 'yes'", refusal("answer", "yes"));
        assertTrue(refusal("cloud", "prod").startsWith("-Dcloud must be env"));
        assertTrue(refusal("cloud", "Rack").contains("rack (a simulated one of 12 hosts)"));
        assertTrue(refusal("cloud", "prod.json").contains("there is no file 'prod.json'"));
        assertEquals("-Dcloud: src is a directory, where the file of a cloud belongs", refusal("cloud", "src"));
        for (String speed : List.of("fast", "0", "-1", "1e9", "9999999", "60x")) {
            assertEquals(
                    "-Dspeed must be max or how many times as fast as real time, such as 60, not '" + speed + "'",
                    refusal("speed", speed));
        }
        for (String kill : List.of("soon", "-1", "1.5", "90, 20x", "1234567")) {
            assertTrue(refusal("kill", kill).startsWith("-Dkill must be times after the beginning of the build"));
        }
        assertEquals("-Dsh must be run or show, not 'yes'", refusal("sh", "yes"));
        assertEquals("-Dsandbox must be on or off, not 'yes'", refusal("sandbox", "yes"));
        assertTrue(refusal("stub.build", "{\"result\": ").startsWith("-Dstub.build is no JSON ("));
        assertTrue(refusal("stub.sh", "{\"exit\": 1}").startsWith("-Dstub.sh must be a text"));
        assertTrue(refusal("stub.sh", "{\"seconds\": -1}").startsWith("-Dstub.sh must be a text"));
        assertTrue(refusal("stub.bat", "[{\"status\": \"1\"}]").startsWith("-Dstub.bat must be a text"));
        assertEquals("-Dcheckout: there is no folder no/such", refusal("checkout", "no/such"));
        assertEquals("-Dlibrary: there is no folder no/such", refusal("library", "x=no/such"));
        assertTrue(refusal("library", "docs").contains("has neither vars, src nor resources"));
        assertEquals(
                "-Danswer.x must be proceed or abort, or its parameters as {\"NAME\": value}, not 'yes'",
                refusal("answer.x", "yes"));
        assertTrue(refusal("answer.x", "{\"A\": ").startsWith("-Danswer.x is no JSON ("));
        assertTrue(refusal("clouds", "lab:").startsWith("-Dclouds: 'lab:' must be CLOUD or CLOUD:CREDENTIAL"));
        assertTrue(refusal("clouds", ":x").startsWith("-Dclouds: ':x' must be CLOUD or CLOUD:CREDENTIAL"));
        assertEquals("-Dclouds: 'lab' is there twice", refusal("clouds", "lab,lab:x"));
        assertTrue(refusal("params", "HOST").contains("'HOST' must be NAME=value"));
    }

    @Test
    public void onlyASimulatedCloudHasASpeed() {
        Map<String, String> both = Map.of("cloud", "env", "speed", "60");
        assertEquals(
                "-Dspeed: the time of a real cloud passes as it does; leave it out",
                assertThrows(IllegalArgumentException.class, () -> Settings.read(both::get, both.keySet()))
                        .getMessage());
        assertEquals(Optional.of(60.0), CloudChoice.read("rack", "60").speed());
        assertTrue(CloudChoice.read("rack", "").rack());
        assertEquals(Optional.empty(), CloudChoice.read("rack", "").file());
        assertEquals(Optional.of(60.0), CloudChoice.read("", "60").speed());
        assertEquals(Optional.of(0.5), CloudChoice.read("pom.xml", "0.5").speed());
        assertEquals(
                Optional.of(Double.POSITIVE_INFINITY),
                CloudChoice.read("pom.xml", "max").speed());
    }

    /** By default what is real goes with the cloud; either way the banner says what it is. */
    @Test
    public void whatIsRealAndThatTheBannerSaysIt() {
        String[][] cases = {
            {"", "", "", "shown, not run"},
            {"", "run", "", "sh really runs, on this machine as anna"},
            {"", "show", "", "shown, not run"},
            {"env", "", "", "sh really runs, on this machine as anna"},
            {"env", "show", "", "shown, not run"},
            {"", "", "off", "is real: -Dsandbox=off"},
        };
        for (String[] each : cases) {
            Settings settings =
                    Settings.read(Map.of("cloud", each[0], "sh", each[1], "sandbox", each[2])::get, Set.of());
            String said = settings.reality("anna");
            assertTrue(said, said.contains(each[3]));
            assertEquals(said.contains("sh really runs,"), settings.reach().commands());
            assertEquals(said.contains("-Dsandbox=off"), !settings.reach().sandbox());
        }
    }
}
