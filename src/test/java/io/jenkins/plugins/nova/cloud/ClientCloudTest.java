package io.jenkins.plugins.nova.cloud;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import io.jenkins.plugins.nova.simulator.Ids;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the openstack command would make of an environment, kind by kind; each login is then the plugin's. */
public class ClientCloudTest {

    private static final String PASSWORD = "hunter2-of-the-robot";
    private static final String SECRET = "s3cr3t-of-the-credential";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final SimulatedCloud cloud = SimulatedCloud.builder()
            .regions("RegionOne", "RegionTwo")
            .userWithCredential("robot", PASSWORD, "ops", "cred-1", SECRET, "admin")
            .host("compute1")
            .start();
    private final CloudFixture configuration = CloudFixture.begin();

    /** Everything that was said. */
    private final List<String> said = new ArrayList<>();

    private String url;
    private String userId;
    private String projectId;

    @Before
    public void ids() {
        url = cloud.identityUrl().toString();
        userId = Ids.user("robot");
        projectId = Ids.project("ops");
    }

    @After
    public void nothingThatWasSaidHoldsASecret() {
        configuration.close();
        cloud.close();
        said.forEach(text -> {
            assertFalse(text, text.contains(PASSWORD));
            assertFalse(text, text.contains(SECRET));
        });
    }

    private Path here() {
        return folder.getRoot().toPath();
    }

    private Map<String, String> variables(String... pairs) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("HOME", folder.getRoot().getPath() + "/home");
        env.put("OS_AUTH_URL", url);
        for (String pair : pairs) {
            env.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return env;
    }

    private ClientCloud read(Map<String, String> env) {
        ClientCloud client = ClientCloud.ofEnvironment(env::get, here());
        said.addAll(client.notes());
        said.add(client.toString());
        said.add(client.who());
        return client;
    }

    /** Logs in first as the openstack command would, and then as the plugin does with what came of it. */
    private ClientCloud reached(Map<String, String> env, String who) throws IOException {
        ClientCloud client = read(env);
        FirstLogin login = FirstLogin.at(client);
        said.add(login.toString());
        assertEquals(who, login.who());
        NovaCloud named = client.under("lab");
        named.setCredentialsId("credential");
        if (named.getRegion() == null) {
            named.setRegion("RegionOne");
        }
        configuration.withoutCredential("credential").credential(login.credentials("credential"));
        NovaClouds.get().setClouds(List.of(named));
        Nova nova = CloudSessions.open(RehearsedRun.begin("night", folder.getRoot()), "lab", null);
        assertTrue(nova.seesAllProjects());
        return client;
    }

    private String refused(Map<String, String> env) {
        String message = assertThrows(IllegalArgumentException.class, () -> {
                    FirstLogin.at(read(env));
                })
                .getMessage();
        said.add(message);
        return message;
    }

    @Test
    public void everyWayToSayAPasswordLogin() throws Exception {
        String user = "OS_USERNAME=robot";
        String project = "OS_PROJECT_NAME=ops";
        String[][] rows = {
            {user, project, "OS_USER_DOMAIN_NAME=Default", "OS_PROJECT_DOMAIN_NAME=Default"},
            {user, project, "OS_USER_DOMAIN_ID=default", "OS_PROJECT_DOMAIN_ID=default"},
            {user, project, "OS_USER_DOMAIN_ID=default", "OS_PROJECT_DOMAIN_NAME=Default"},
            {user, project, "OS_USER_DOMAIN_ID=default", "OS_USER_DOMAIN_NAME=elsewhere"},
            {user, project},
            {user, project, "OS_DEFAULT_DOMAIN=default"},
            {user, project, "OS_DEFAULT_DOMAIN_NAME=Default"},
            {user, project, "OS_DOMAIN_NAME=Default"},
            {user, project, "OS_AUTH_TYPE=password"},
            {user, project, "OS_AUTH_TYPE=v3password", "OS_IDENTITY_API_VERSION=3"},
            {"OS_USER_ID=" + userId, project},
            {"OS_USER_ID=" + userId, "OS_USERNAME=somebody", project},
            {user, "OS_PROJECT_ID=" + projectId},
            {user, "OS_PROJECT_ID=" + projectId, "OS_PROJECT_NAME=other"},
            {user, "OS_TENANT_NAME=ops"},
            {user, "OS_TENANT_ID=" + projectId},
            {user, project, "OS_REGION_NAME=RegionTwo"},
            {user, project, "OS_INTERFACE=internal"},
            {user, project, "OS_ENDPOINT_TYPE=adminURL"},
            {user, project, "OS_TENANT_NAME=", "OS_SYSTEM_SCOPE=", "OS_CLOUD="},
            {user, project, "OS_AUTH_URL=" + url + "/"},
            {user, project, "OS_AUTH_URL=" + url.replaceAll("/v3$", "")},
            {user, project, "OS_AUTH_URL=" + url.replaceAll("/v3$", "") + "//"},
        };
        for (String[] row : rows) {
            Map<String, String> env = variables(row);
            env.put("OS_PASSWORD", PASSWORD);
            reached(env, "as robot of project ops");
        }
    }

    @Test
    public void everyWayToSayAnApplicationCredential() throws Exception {
        String type = "OS_AUTH_TYPE=v3applicationcredential";
        String[][] rows = {
            {type, "OS_APPLICATION_CREDENTIAL_ID=cred-1"},
            {"OS_APPLICATION_CREDENTIAL_ID=cred-1"},
            {type, "OS_APPLICATION_CREDENTIAL_ID=cred-1", "OS_APPLICATION_CREDENTIAL_NAME=other"},
            {type, "OS_APPLICATION_CREDENTIAL_NAME=robot-credential", "OS_USERNAME=robot", "OS_USER_DOMAIN_NAME=Default"
            },
            {type, "OS_APPLICATION_CREDENTIAL_NAME=robot-credential", "OS_USERNAME=robot"},
            {type, "OS_APPLICATION_CREDENTIAL_NAME=robot-credential", "OS_USER_ID=" + userId},
        };
        for (String[] row : rows) {
            Map<String, String> env = variables(row);
            env.put("OS_APPLICATION_CREDENTIAL_SECRET", SECRET);
            reached(env, "as robot of project ops");
        }
    }

    @Test
    public void whereItGoes() {
        String[][] rows = {
            {"OS_INTERFACE=internal", "internal"},
            {"OS_INTERFACE=internalURL", "internal"},
            {"OS_ENDPOINT_TYPE=adminURL", "admin"},
            {"OS_NOTHING=", "public"},
        };
        for (String[] row : rows) {
            Map<String, String> env =
                    variables("OS_USERNAME=robot", "OS_PASSWORD=" + PASSWORD, "OS_PROJECT_NAME=ops", row[0]);
            assertEquals(row[1], read(env).under("x").getEndpointInterface());
        }
    }

    @Test
    public void whatIsNotFollowedIsSaid() {
        String[][] rows = {
            {"OS_INSECURE=true", "OS_INSECURE: certificates are verified all the same"},
            {"OS_TOKEN=gAAAA", "OS_TOKEN: not taken, for there is a password"},
            {"OS_CERT=client.pem", "OS_CERT: not taken"},
        };
        for (String[] row : rows) {
            Map<String, String> env =
                    variables("OS_USERNAME=robot", "OS_PASSWORD=" + PASSWORD, "OS_PROJECT_NAME=ops", row[0]);
            List<String> notes = read(env).notes();
            assertEquals(1, notes.size());
            assertTrue(notes.get(0), notes.get(0).startsWith(row[1]));
        }
        assertEquals(
                List.of(),
                read(variables(
                                "OS_USERNAME=robot",
                                "OS_PASSWORD=" + PASSWORD,
                                "OS_PROJECT_NAME=ops",
                                "OS_INSECURE=false"))
                        .notes());
    }

    @Test
    public void whatCannotBeTakenNamesTheVariableAndTheWayOut() throws Exception {
        Files.writeString(here().resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n");
        Files.writeString(here().resolve("empty.pem"), "");
        Files.write(here().resolve("der.crt"), new byte[] {0x30, (byte) 0x82});
        Files.writeString(
                here().resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        String[] robot = {"OS_USERNAME=robot", "OS_PASSWORD=" + PASSWORD, "OS_PROJECT_NAME=ops"};
        String[][] rows = {
            {"OS_AUTH_URL=", "OS_AUTH_URL is not set, nor is OS_CLOUD; source the cloud's openrc file first"},
            {"OS_AUTH_URL=keystone.example", "OS_AUTH_URL: 'keystone.example' "},
            {"OS_AUTH_URL=http://me:" + PASSWORD + "@127.0.0.1/v3", "OS_AUTH_URL: "},
            {"OS_AUTH_URL=http://127.0.0.1:1/v2.0", "OS_AUTH_URL: Identity API v2.0 is gone"},
            {"OS_IDENTITY_API_VERSION=2.0", "OS_IDENTITY_API_VERSION: Identity API v2.0 is gone"},
            {"OS_USERNAME=", "OS_USERNAME is not set; source the cloud's openrc file first"},
            {"OS_PASSWORD=", "OS_PASSWORD is not set; source the cloud's openrc file first"},
            {"OS_PROJECT_NAME=", "OS_PROJECT_NAME and OS_PROJECT_ID are not set. Nova lets nobody at servers without"},
            {"OS_SYSTEM_SCOPE=all", "OS_SYSTEM_SCOPE: Nova lets nobody at servers without a project in the token"},
            {"OS_TRUST_ID=x", "OS_TRUST_ID: the plugin's credentials hold no trusts"},
            {"OS_AUTH_TYPE=token", "OS_AUTH_TYPE: of the kinds of login only password and v3applicationcredential"},
            {"OS_AUTH_TYPE=v3oidcpassword", "OS_AUTH_TYPE: of the kinds of login only password"},
            {"OS_INTERFACE=publik", "OS_INTERFACE: 'publik' is not one of public, internal, admin"},
            {"OS_ENDPOINT_TYPE=publikURL", "OS_ENDPOINT_TYPE: 'publik' is not one of"},
            {"OS_CACERT=no/such.pem", "OS_CACERT: 'no/such.pem' is not there (seen from "},
            {"OS_CACERT=.", "OS_CACERT: '.' is a directory"},
            {"OS_CACERT=key.pem", "OS_CACERT: 'key.pem' holds no certificates in PEM form"},
            {"OS_CACERT=empty.pem", "OS_CACERT: 'empty.pem' holds no certificates in PEM form"},
            {"OS_CACERT=der.crt", "OS_CACERT: 'der.crt' holds no certificates in PEM form"},
            {"OS_CACERT=broken.pem", "OS_CACERT: 'broken.pem' holds no certificates in PEM form"},
            {"REQUESTS_CA_BUNDLE=gone.pem", "REQUESTS_CA_BUNDLE: 'gone.pem' is not there"},
            {"OS_CLOUD=lab", "OS_CLOUD: there is no clouds.yaml in which the cloud 'lab' could be"},
            {"OS_PASSWORD=wrong", "Keystone at " + url + " does not accept OS_USERNAME and its password"},
            {"OS_PROJECT_NAME=nope", "Keystone at " + url + " does not accept OS_USERNAME and its password"},
            {"OS_AUTH_URL=" + url.replace("identity", "nothing"), "OS_AUTH_URL: "},
        };
        for (String[] row : rows) {
            Map<String, String> env = variables(robot);
            env.putAll(Map.of(row[0].substring(0, row[0].indexOf('=')), row[0].substring(row[0].indexOf('=') + 1)));
            String message = refused(env);
            assertTrue(row[0] + ": " + message, message.startsWith(row[1]));
        }
    }

    @Test
    public void aTokenOrADomainAloneIsNoLogin() {
        String token = refused(variables("OS_TOKEN=gAAAA", "OS_PROJECT_NAME=ops"));
        assertTrue(token, token.startsWith("OS_TOKEN: a token is no login that lasts"));
        String domain = refused(variables("OS_USERNAME=robot", "OS_PASSWORD=" + PASSWORD, "OS_DOMAIN_NAME=Default"));
        assertTrue(domain, domain.startsWith("OS_DOMAIN_NAME without a project asks for a token of the domain. Nova"));
        String gone = refused(variables(
                "OS_AUTH_TYPE=v3applicationcredential",
                "OS_APPLICATION_CREDENTIAL_ID=cred-9",
                "OS_APPLICATION_CREDENTIAL_SECRET=" + SECRET));
        assertTrue(gone, gone.startsWith("Keystone at " + url + " does not know OS_APPLICATION_CREDENTIAL_ID"));
        String none = refused(
                variables("OS_AUTH_TYPE=v3applicationcredential", "OS_APPLICATION_CREDENTIAL_SECRET=" + SECRET));
        assertTrue(none, none.startsWith("OS_APPLICATION_CREDENTIAL_ID is not set"));
    }

    // --- clouds.yaml

    private String yaml(String more) {
        return "clouds:\n  prod:\n    auth: {auth_url: 'http://127.0.0.1:1'}\n  lab:\n    region_name: RegionOne\n    auth:\n"
                + "      auth_url: " + url + "\n      username: robot\n      project_name: ops\n" + more;
    }

    private Map<String, String> lab(String... more) {
        Map<String, String> env = variables(more);
        env.remove("OS_AUTH_URL");
        env.put("OS_CLOUD", "lab");
        return env;
    }

    @Test
    public void theFirstCloudsYamlThatIsThereCounts() throws Exception {
        String password = "      password: " + PASSWORD + "\n";
        Path home = Files.createDirectories(here().resolve("home/.config/openstack"));
        Path xdg = Files.createDirectories(here().resolve("xdg/openstack"));
        Files.writeString(home.resolve("clouds.yml"), yaml(password));
        assertTrue(reached(lab(), "as robot of project ops").toString().endsWith("home/.config/openstack/clouds.yml"));
        Files.writeString(xdg.resolve("clouds.yaml"), yaml(password));
        String config = "XDG_CONFIG_HOME=" + here().resolve("xdg");
        assertTrue(reached(lab(config), "as robot of project ops").toString().endsWith("xdg/openstack/clouds.yaml"));
        Files.writeString(
                here().resolve("clouds.json"),
                "{\"clouds\": {\"lab\": {\"auth\": {\"auth_url\": \"" + url + "\", \"username\": \"robot\","
                        + " \"password\": \"" + PASSWORD + "\", \"project_name\": \"ops\"}}}}");
        assertTrue(reached(lab(config), "as robot of project ops").toString().endsWith("/clouds.json"));
        Path own = here().resolve("own.yaml");
        Files.writeString(own, yaml(password));
        assertTrue(reached(lab(config, "OS_CLIENT_CONFIG_FILE=" + own), "as robot of project ops")
                .toString()
                .endsWith("/own.yaml"));
        assertTrue(reached(lab(config, "OS_CLIENT_CONFIG_FILE=" + own + "x"), "as robot of project ops")
                .toString()
                .endsWith("/clouds.json"));
    }

    @Test
    public void secureYamlAndVariablesAreLaidOverIt() throws Exception {
        Files.writeString(here().resolve("clouds.yaml"), yaml("    interface: public\n"));
        String missing = refused(lab());
        assertTrue(
                missing,
                missing.startsWith(
                        "the cloud 'lab' in " + here().resolve("clouds.yaml") + " has no password, nor has its"));
        reached(lab("OS_PASSWORD=" + PASSWORD), "as robot of project ops");
        Files.writeString(
                here().resolve("secure.yaml"), "clouds:\n  lab:\n    auth:\n      password: " + PASSWORD + "\n");
        reached(lab(), "as robot of project ops");
        ClientCloud over =
                reached(lab("OS_REGION_NAME=RegionTwo", "OS_ENDPOINT_TYPE=internalURL"), "as robot of project ops");
        assertEquals("RegionTwo", over.under("x").getRegion());
        assertEquals("internal", over.under("x").getEndpointInterface());
        List<String> notes = read(lab("OS_USERNAME=somebody")).notes();
        assertEquals(
                List.of("OS_USERNAME: not taken, for auth.username counts before it, as with openstacksdk"), notes);
    }

    @Test
    public void aNamedCloudNeedsNoVariable() throws Exception {
        Files.writeString(here().resolve("clouds.yaml"), yaml("      password: " + PASSWORD + "\n"));
        ClientCloud client = ClientCloud.named("lab", "--cloud", variables()::get, here());
        assertEquals("as robot of project ops", FirstLogin.at(client).who());
        String unknown = assertThrows(
                        IllegalArgumentException.class,
                        () -> ClientCloud.named("lba", "--cloud", variables()::get, here()))
                .getMessage();
        assertEquals(
                "--cloud: the cloud 'lba' is not in " + here().resolve("clouds.yaml") + "; there are 'prod', 'lab'",
                unknown);
    }

    @Test
    public void aFileThatIsWrongIsNamedAndNotQuoted() throws Exception {
        String[][] rows = {
            {yaml("      password: " + PASSWORD + "\n     x: [\n"), "clouds.yaml: It cannot be read as YAML"},
            {yaml("      password: 012345\n"), "auth.password of the cloud 'lab' in "},
            {yaml("      password: " + PASSWORD + "\n    profile: vexxhost\n"), "the cloud 'lab' in "},
            {yaml("      password: " + PASSWORD + "\n    auth_type: v3token\n"), "auth_type of the cloud 'lab' in "},
            {yaml("      password: " + PASSWORD + "\n      system_scope: all\n"), "auth.system_scope of the cloud"},
            {yaml("      password: " + PASSWORD + "\n    cacert: gone.pem\n"), "cacert of the cloud 'lab' in "},
            {"clouds: []\n", "OS_CLOUD: the cloud 'lab' is not in "},
        };
        for (String[] row : rows) {
            Files.writeString(here().resolve("clouds.yaml"), row[0]);
            String message = refused(lab());
            assertTrue(message, message.contains(row[1]));
            assertTrue(message, message.contains(here().resolve("clouds.yaml").toString()));
        }
    }
}
