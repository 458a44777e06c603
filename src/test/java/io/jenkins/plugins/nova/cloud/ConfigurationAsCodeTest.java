package io.jenkins.plugins.nova.cloud;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import hudson.util.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/**
 * docs/examples/jenkins.yaml is taken and given back whole by what Configuration as Code goes by: symbols, data-bound
 * constructors and setters, and getters of the same names.
 */
public class ConfigurationAsCodeTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "LAB_APPLICATION_CREDENTIAL_ID", "0123456789abcdef",
            "LAB_APPLICATION_CREDENTIAL_SECRET", "s3cr3t-of-the-lab",
            "EDGE_PASSWORD", "s3cr3t-of-the-edge");

    private static final Map<String, Class<?>> KINDS = Map.of(
            symbol(OpenStackApplicationCredentials.DescriptorImpl.class), OpenStackApplicationCredentials.class,
            symbol(OpenStackPasswordCredentials.DescriptorImpl.class), OpenStackPasswordCredentials.class);

    private final CloudFixture fixture = CloudFixture.begin();
    private JsonNode sample;

    @Before
    public void read() throws IOException {
        String text = Files.readString(Path.of("docs/examples/jenkins.yaml"));
        for (Map.Entry<String, String> variable : ENVIRONMENT.entrySet()) {
            assertTrue(variable.getKey(), text.contains("${" + variable.getKey() + "}"));
            text = text.replace("${" + variable.getKey() + "}", variable.getValue());
        }
        // what is behind a circumflex is no variable to Configuration as Code, and comes without it
        assertFalse("a variable is left", text.replace("^${", "").contains("${"));
        text = text.replace("^${", "${");
        sample = new ObjectMapper(new YAMLFactory()).readTree(text);
    }

    @After
    public void reset() {
        fixture.close();
    }

    @Test
    public void theCloudsComeBackAsTheyWereWritten() throws Exception {
        JsonNode written =
                sample.path("unclassified").path(symbol(NovaClouds.class)).path("clouds");
        List<NovaCloud> clouds = new ArrayList<>();
        for (JsonNode cloud : written) {
            clouds.add(DataBound.of(NovaCloud.class).configure((ObjectNode) cloud));
        }

        NovaClouds.get().setClouds(clouds);

        assertEquals(2, clouds.size());
        for (int i = 0; i < clouds.size(); i++) {
            assertEquals(
                    written.get(i),
                    DataBound.of(NovaCloud.class)
                            .export(NovaClouds.get().getClouds().get(i)));
        }
        assertNull(
                CloudRules.caCertificateDoubt(clouds.get(1).getCaCertificate(), Instant.parse("2027-01-01T00:00:00Z")));
    }

    @Test
    public void theSampleShowsEverySettingOfACloudAndOfACredential() {
        ObjectNode edge = (ObjectNode) sample.findValue("clouds").get(1);
        assertEquals(DataBound.of(NovaCloud.class).names(), DataBound.names(edge));
        KINDS.forEach((symbol, kind) ->
                assertEquals(DataBound.of(kind).names(), DataBound.names((ObjectNode) sample.findValue(symbol))));
    }

    @Test
    public void theCredentialsComeBackAsTheyWereWrittenWithTheirSecretsEncrypted() throws Exception {
        int found = 0;
        for (JsonNode domain : sample.path("credentials").path("system").path("domainCredentials")) {
            for (JsonNode entry : domain.path("credentials")) {
                Map.Entry<String, JsonNode> credential =
                        entry.properties().iterator().next();
                Class<?> kind = KINDS.get(credential.getKey());
                assertNotNull(credential.getKey(), kind);
                exportEquals((ObjectNode) credential.getValue(), DataBound.of(kind));
                found++;
            }
        }
        assertEquals(2, found);
    }

    private static <T> void exportEquals(ObjectNode written, DataBound<T> kind) throws Exception {
        ObjectNode exported = kind.export(kind.configure(written));
        int secrets = 0;
        for (String name : DataBound.names(written)) {
            String before = written.path(name).textValue();
            String after = exported.path(name).textValue();
            if (kind.type(name) == Secret.class) {
                assertNotEquals(name, before, after);
                assertEquals(name, before, Secret.decrypt(after).getPlainText());
                secrets++;
            } else {
                assertEquals(name, before, after);
            }
        }
        assertEquals(1, secrets);
        assertEquals(CredentialsScope.class, kind.type("scope"));
    }

    private static String symbol(Class<?> type) {
        return type.getAnnotation(Symbol.class).value()[0];
    }
}
