package io.jenkins.plugins.nova.rehearsal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

public class SettingsTest {
    @Test
    public void withoutAnythingTheExampleOnTheSimulatedCloud() throws IOException {
        Settings settings = Settings.read(name -> null);
        assertEquals(
                "docs/examples/host-maintenance.Jenkinsfile",
                settings.jenkinsfile().name());
        assertEquals(
                Files.readString(Path.of("docs/examples/host-maintenance.Jenkinsfile")),
                settings.jenkinsfile().text());
        assertEquals("host-maintenance", settings.jenkinsfile().job());
        assertEquals(Map.of(), settings.parameters());
        assertEquals(Optional.empty(), settings.answer());
        assertEquals(List.of(), settings.stubs());
        assertEquals(false, settings.realCloud());
    }

    @Test
    public void everythingGiven() {
        Map<String, String> properties = Map.of(
                "jenkinsfile", "x/Jenkinsfile",
                "params", "HOST=compute2,APPROVE=true,TEXT=a\\,b=c",
                "answer", "abort",
                "cloud", "env",
                "stub", "lock, mail");
        Settings settings = Settings.read(properties::get);
        assertEquals("Jenkinsfile", settings.jenkinsfile().job());
        assertEquals(Map.of("HOST", "compute2", "APPROVE", "true", "TEXT", "a,b=c"), settings.parameters());
        assertEquals(Optional.of(false), settings.answer());
        assertEquals(List.of("lock", "mail"), settings.stubs());
        assertTrue(settings.realCloud());
    }

    private static String refusal(String name, String value) {
        return assertThrows(IllegalArgumentException.class, () -> Settings.read(Map.of(name, value)::get))
                .getMessage();
    }

    @Test
    public void wrongValuesNamePropertyAndValue() {
        assertEquals("-Danswer must be proceed or abort, not 'yes'", refusal("answer", "yes"));
        assertTrue(refusal("cloud", "prod").startsWith("-Dcloud must be env"));
        assertTrue(refusal("params", "HOST").contains("'HOST' must be NAME=value"));
    }

    @Test
    public void aCertificateThatCannotBeReadIsNamed() {
        Map<String, String> environment = Map.of("OS_AUTH_URL", "http://127.0.0.1:1/v3", "OS_CACERT", "no/such.pem");
        assertEquals(
                "-Dcloud=env: the file no/such.pem, which OS_CACERT names, cannot be read (NoSuchFileException)",
                assertThrows(IllegalArgumentException.class, () -> Cloud.open(true, environment::get))
                        .getMessage());
    }

    @Test
    public void cloudOfTheEnvironmentNamesTheMissingVariable() {
        assertEquals(
                "-Dcloud=env: the environment variable OS_AUTH_URL is not set; source the cloud's openrc file first",
                assertThrows(IllegalArgumentException.class, () -> Cloud.open(true, name -> null))
                        .getMessage());
    }
}
