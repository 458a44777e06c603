package io.jenkins.plugins.nova.cloud;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * Keys of a clouds.yaml in every place where they may stand. What openstacksdk makes of each was read off
 * {@code OpenStackConfig.get_one} of openstacksdk 0.101 with keystoneauth's plugins, and compared with its newest source.
 */
public class SdkSettingsTest {

    private static final String URL = "auth_url: 'https://k.example/v3'";
    private static final String WHO = URL + ", username: ops, password: pw, project_name: admin";
    private static final String DOMAINS = ", user_domain_name: People, project_domain_name: Things";
    private static final String FULL = WHO + DOMAINS;
    private static final String APPLICATION = "auth_type: v3applicationcredential, auth: {" + URL
            + ", application_credential_id: i," + " application_credential_secret: s";

    private record Case(String settings, String taken, String... said) {}

    /** Settings, what is taken of them, and parts of what is said. */
    private static final List<Case> CASES = List.of(
            new Case("region_name: one, auth: {" + FULL + "}", "one public ops@People admin@Things"),
            // domains, once or apart, in auth or beside it, in both spellings
            new Case(
                    "auth: {" + WHO + ", domain_name: Both}",
                    "- public ops@Both admin@Both",
                    "auth.domain_name: taken"),
            new Case(
                    "domain_name: Both, auth: {" + WHO + "}", "- public ops@Both admin@Both", "domain_name: taken for"),
            new Case(
                    "auth: {" + WHO + ", domain-name: Both}",
                    "- public ops@Both admin@Both",
                    "auth.domain-name: taken"),
            new Case(
                    "auth: {" + FULL + ", domain_name: Both}",
                    "- public ops@People admin@Things",
                    "auth.domain_name: not"),
            new Case(
                    "auth: {" + WHO + ", domain_id: default}",
                    "- public ops@Default admin@Default",
                    "auth.domain_id: taken"),
            new Case("auth: {" + WHO + ", domain_id: abc}", "- public none", "auth.domain_id: Jenkins's"),
            new Case(
                    "user_domain_name: People, auth: {" + WHO + ", project_domain_name: Things}",
                    "- public ops@People admin@Things"),
            new Case(
                    "user_domain_name: Beside, auth: {" + FULL + "}",
                    "- public none",
                    "user_domain_name and auth.user_domain_name: older versions"),
            new Case(
                    "auth: {" + FULL + ", user-domain-name: Hyphen}",
                    "- public ops@Hyphen admin@Things",
                    "auth.user_domain_name: not taken, for auth.user-domain-name counts"),
            new Case(
                    "auth: {" + FULL + ", user_domain_id: default}",
                    "- public ops@Default admin@Things",
                    "auth.user_domain_id: taken for the domain named Default",
                    "auth.user_domain_name: not taken"),
            new Case("auth: {" + FULL + ", user_domain_id: abc}", "- public none", "auth.user_domain_id: Jenkins's"),
            new Case("auth: {" + FULL + ", user_domain_id: }", "- public none", "auth.user_domain_id: it is empty"),
            new Case("auth: {" + WHO + ", default_domain_name: Dd}", "- public ops@Dd admin@Dd"),
            new Case(
                    "auth: {" + FULL + ", default_domain_id: default}",
                    "- public ops@Default admin@Default",
                    "auth.default_domain_id: taken for"),
            new Case(
                    "auth: {" + WHO + "}",
                    "- public ops@Default admin@Default",
                    "auth.user_domain_name: is not there; Default is taken",
                    "auth.project_domain_name: is not there; Default is taken"),
            // who and what for
            new Case("auth: {" + FULL + ", project_id: p1}", "- public none", "auth.project_id: it counts before"),
            new Case("project_id: p1, auth: {" + FULL + "}", "- public none", "project_id: it counts before"),
            new Case("tenant-id: p1, auth: {" + FULL + "}", "- public none", "tenant-id: it counts before"),
            new Case(
                    "auth: {" + URL + ", username: ops, password: pw, tenant_name: t" + DOMAINS + "}",
                    "- public ops@People t@Things"),
            new Case(
                    "tenant_name: t, auth: {" + FULL + "}",
                    "- public ops@People admin@Things",
                    "tenant_name: not taken, for auth.project_name"),
            new Case("auth: {" + FULL + ", user_id: u1}", "- public none", "auth.user_id: it counts before username"),
            new Case(
                    "auth: {" + URL + ", user-name: ops, password: pw, project-name: admin" + DOMAINS + "}",
                    "- public ops@People admin@Things"),
            new Case(
                    "username: other, auth: {" + FULL + "}",
                    "- public ops@People admin@Things",
                    "username: not taken, for auth.username"),
            new Case(FULL, "- public ops@People admin@Things"),
            new Case("auth: {" + FULL + ", trust_id: t}", "- public none", "auth.trust_id: the tokens"),
            new Case("auth: {" + FULL + ", system_scope: all}", "- public none", "auth.system_scope: the tokens"),
            new Case("auth: {" + FULL + ", token: t}", "- public none", "auth.token: openstacksdk knows no such key"),
            new Case(
                    "auth: {" + FULL + ", region_name: t}", "- public none", "auth.region_name: openstacksdk knows no"),
            new Case("auth: {" + URL + ", username: ops" + DOMAINS + "}", "- public none", "auth.password: is missing"),
            // the kind of login
            new Case(
                    "auth_plugin: v3token, auth: {" + FULL + "}",
                    "- public ops@People admin@Things",
                    "auth_plugin: not"),
            new Case("auth-type: v3token, auth: {" + FULL + "}", "- public ops@People admin@Things", "auth-type: not"),
            new Case("auth_type: v3password, auth: {" + FULL + "}", "- public ops@People admin@Things"),
            new Case("auth_type: v3token, auth: {" + FULL + "}", "- public none", "auth_type: of its kinds"),
            new Case("auth_type: , auth: {" + FULL + "}", "- public none", "auth_type: it is empty"),
            new Case(APPLICATION + "}", "- public i"),
            new Case(APPLICATION + ", project_name: x}", "- public i", "auth.project_name: not taken"),
            new Case(APPLICATION + ", foo: x}", "- public none", "auth.foo: openstacksdk knows no"),
            new Case(
                    "auth: {" + URL + ", application_credential_id: i, application_credential_secret: s}",
                    "- public none",
                    "auth.application_credential_secret: openstacksdk knows no such key of a login of the kind password"),
            new Case(
                    "auth_type: v3applicationcredential, application-credential-id: i, auth: {auth-url: 'https://k.example/v3',"
                            + " application-credential-secret: s}",
                    "- public i"),
            // regions
            new Case("regions: [one], auth: {" + FULL + "}", "one public ops@People admin@Things"),
            new Case(
                    "regions: [one, two], auth: {" + FULL + "}",
                    "one public ops@People admin@Things",
                    "regions: there are"),
            new Case(
                    "region_name: two, regions: [one, two], auth: {" + FULL + "}",
                    "one public ops@People admin@Things",
                    "region_name: not taken, for regions counts"),
            new Case(
                    "region_name: two, regions: [], auth: {" + FULL + "}",
                    "- public ops@People admin@Things",
                    "region_name: not taken, for regions counts"),
            new Case(
                    "region_name: [two, one], auth: {" + FULL + "}",
                    "two public ops@People admin@Things",
                    "region_name: there"),
            new Case(
                    "region_name: 'two,one', auth: {" + FULL + "}",
                    "two public ops@People admin@Things",
                    "region_name: there"),
            new Case("region-name: two, auth: {" + FULL + "}", "two public ops@People admin@Things"),
            new Case(
                    "region_name: one, region-name: two, auth: {" + FULL + "}",
                    "two public ops@People admin@Things",
                    "region_name: not taken, for region-name counts"),
            new Case(
                    "region-name: two, region_name: one, auth: {" + FULL + "}",
                    "one public ops@People admin@Things",
                    "region-name: not taken, for region_name counts"),
            new Case(
                    "interface: public, regions: [{name: one, values: {interface: internal, region_name: zz, auth:"
                            + " {username: reg, user-domain-name: Rg}}}, two], auth: {" + FULL + "}",
                    "one internal reg@Rg admin@Things",
                    "interface: not taken, for regions[0].values.interface counts",
                    "regions[0].values.region_name: not taken",
                    "auth.username: not taken, for regions[0].values.auth.username counts"),
            new Case(
                    "regions: [{name: one, x: 1}], auth: {" + FULL + "}",
                    "ignored",
                    "regions[0]: it must have a 'name'"),
            new Case("regions: one, auth: {" + FULL + "}", "ignored", "regions: it is no list"),
            new Case("region_name: 1, auth: {" + FULL + "}", "ignored", "region_name: YAML takes it for a number"),
            new Case("region_name: off, auth: {" + FULL + "}", "ignored", "region_name: YAML takes it for a number"),
            new Case("region_name: 'r{x}', auth: {" + FULL + "}", "ignored", "region_name: the region cannot"),
            new Case(
                    "region_name: one, compute_region_name: two, auth: {" + FULL + "}",
                    "ignored",
                    "compute_region_name: openstacksdk looks for"),
            new Case(
                    "region_name: one, volume_region_name: two, auth: {" + FULL + "}",
                    "one public ops@People admin@Things",
                    "volume_region_name: not taken"),
            new Case(
                    "profile: vexxhost, region_name: one, auth: {" + FULL + "}",
                    "ignored",
                    "profile: openstacksdk adds"),
            new Case("cloud: vexxhost, region_name: one, auth: {" + FULL + "}", "ignored", "cloud: openstacksdk adds"),
            // interfaces
            new Case(
                    "interface: [internal, public], auth: {" + FULL + "}",
                    "- internal ops@People admin@Things",
                    "interface: it is a list"),
            new Case(
                    "interface: internal, endpoint_type: adminURL, auth: {" + FULL + "}",
                    "- admin ops@People admin@Things",
                    "interface: not taken, for endpoint_type counts"),
            new Case(
                    "endpoint-type: internal, auth: {" + FULL + "}",
                    "- public ops@People admin@Things",
                    "endpoint-type: not taken"),
            new Case(
                    "identity_interface: admin, compute_endpoint_override: 'http://x', auth: {" + FULL + "}",
                    "- public ops@People admin@Things",
                    "identity_interface, compute_endpoint_override: not taken"),
            new Case("interface: 7, auth: {" + FULL + "}", "ignored", "interface: YAML takes it for a number"),
            // the address
            new Case(
                    "region_name: one, auth: {auth_url: 'https://{region_name}.example/v3'}",
                    "ignored",
                    "auth.auth_url: it has a placeholder"),
            new Case("auth: {auth_url: 'https://ann:pw@k.example/v3'}", "ignored", "must have no user"),
            // certificates
            new Case(
                    "verify: 'false', auth: {" + FULL + "}",
                    "- public ops@People admin@Things",
                    "verify: certificates are"),
            new Case(
                    "verify: no, auth: {" + FULL + "}", "- public ops@People admin@Things", "verify: certificates are"),
            new Case(
                    "insecure: 'True', auth: {" + FULL + "}",
                    "- public ops@People admin@Things",
                    "insecure: certificates"),
            new Case(
                    "cacert: /x.pem, auth: {" + FULL + "}", "- public ops@People admin@Things", "cacert: names a file"),
            new Case(
                    "cacert: '-----BEGIN PRIVATE KEY-----', auth: {" + FULL + "}",
                    "- public ops@People admin@Things",
                    "cacert: not taken, for there is a private key"),
            new Case(
                    "cert: /x, key: /y, auth: {" + FULL + "}",
                    "- public ops@People admin@Things",
                    "cert: not",
                    "key: not"),
            // words that are no text to PyYAML, and one that is
            new Case("auth: {" + FULL.replace("pw", "12:30:45") + "}", "- public none", "auth.password: YAML takes it"),
            new Case(
                    "auth: {" + FULL.replace("pw", "2020-01-01") + "}",
                    "- public none",
                    "auth.password: YAML takes it"),
            new Case("auth: {" + FULL.replace("pw", "0x1F") + "}", "- public none", "auth.password: YAML takes it"),
            new Case("auth: {" + FULL.replace("pw", "0123") + "}", "- public none", "auth.password: YAML takes it"),
            new Case("auth: {" + FULL.replace("pw", "1_000") + "}", "- public none", "auth.password: YAML takes it"),
            new Case("auth: {" + FULL.replace("pw", "Yes") + "}", "- public none", "auth.password: YAML takes it"),
            new Case("auth: {" + FULL.replace("pw", "1.5") + "}", "- public none", "auth.password: YAML takes it"),
            new Case("auth: {" + FULL.replace("pw", "~") + "}", "- public none", "auth.password: it is empty"),
            new Case("auth: {" + FULL.replace("pw", "'12:30:45'") + "}", "- public ops@People admin@Things"),
            new Case("auth: {" + FULL.replace("pw", "12:30:x") + "}", "- public ops@People admin@Things"));

    @Test
    public void takenIsWhatOpenstacksdkTakesOrNothing() {
        List<String> wrong = new ArrayList<>();
        for (Case each : CASES) {
            CloudsYamlEntry entry = read("clouds: {lab: {" + each.settings() + "}}");
            String told = told(entry);
            if (!each.taken().equals(taken(entry))) {
                wrong.add(each.settings() + "\n  taken: " + taken(entry) + "\n  not: " + each.taken() + "\n  told: "
                        + told);
            }
            for (String part : each.said()) {
                if (!told.contains(part)) {
                    wrong.add(each.settings() + "\n  not told: " + part + "\n  but: " + told);
                }
            }
        }
        assertEquals("", String.join("\n", wrong));
        assertTrue(CASES.size() > 70);
    }

    private static final List<String> KEYS = List.of(
            ("auth_url username user_name user_id password project_name project_id tenant_name tenant_id user_domain_name"
                            + " user_domain_id project_domain_name project_domain_id domain_name domain_id default_domain_name"
                            + " default_domain_id trust_id system_scope token auth_token passcode"
                            + " application_credential_id application_credential_name application_credential_secret"
                            + " auth_type auth_plugin auth_methods identity_provider protocol region_name interface endpoint_type"
                            + " identity_interface compute_interface compute_endpoint_type compute_endpoint_override"
                            + " placement_region_name compute_api_version compute_default_microversion verify insecure cacert"
                            + " cert key api_timeout compute_timeout force_ipv4 prefer_ipv6 networks image_format profile cloud"
                            + " floating_ip_source cache metrics disable_vendor_agent anything_else")
                    .split(" "));

    /** Either it can be seen in what was taken, or it is told by name: every key, in every place and spelling. */
    @Test
    public void noKeyIsLostWithoutAWord() {
        List<String> lost = new ArrayList<>();
        int tried = 0;
        for (String plain : KEYS) {
            for (String key : List.of(plain, plain.replace('_', '-'))) {
                for (String place : List.of(
                        "%s, auth: {}",
                        "auth: {%s, }",
                        "regions: [{name: one, values: {%s}}], auth: {}",
                        "regions: [{name: one, values: {auth: {%s}}}], auth: {}")) {
                    String others = Stream.of(FULL.split(", "))
                            .filter(each -> !each.startsWith(plain + ":"))
                            .collect(Collectors.joining(", "));
                    CloudsYamlEntry entry = read("clouds: {lab: {"
                            + place.formatted(key + ": xx-value").replaceFirst("}$", others + "}") + "}}");
                    String seen = entry.cloud().getIdentityUrl()
                            + entry.cloud().getRegion()
                            + entry.cloud().getEndpointInterface()
                            + taken(entry)
                            + secret(entry.login());
                    tried++;
                    if (!seen.contains("xx-value") && !told(entry).contains(key)) {
                        lost.add(key + " at " + place + ": " + taken(entry) + ", told: " + told(entry));
                    }
                }
            }
        }
        assertEquals("", String.join("\n", lost));
        assertTrue(tried > 400);
    }

    @Test
    public void aFileThatOpenstacksdkReadsInAnotherWayIsRefused() {
        String lab = "clouds: {lab: {auth: {" + FULL + "}}}\n";
        for (String text : List.of(
                lab + "---\nclouds: {}\n",
                lab + "---\n",
                "--- \n---\n" + lab,
                "clouds: {lab: {<<: {region_name: merged}, auth: {" + FULL + "}}}",
                "clouds: {lab: {auth: {" + FULL.replace("pw", "!!binary cHc=") + "}}}",
                "clouds: {lab: !mine {auth: {" + FULL + "}}}")) {
            assertThrows(text, CloudProblem.class, () -> CloudsYaml.read(text));
        }
        for (String text : List.of(
                "---\n" + lab, lab + "...\n", "clouds: {lab: {auth: {" + FULL.replace("pw", "!!str pw") + "}}}")) {
            assertEquals(text, "- public ops@People admin@Things", taken(read(text)));
        }
        assertEquals(
                List.of("client", "cache"),
                CloudsYaml.read(lab + "client: {}\ncache: {}\n").others());
    }

    @Test
    public void certificatesInThePlaceOfAFilesNameAreTaken() throws IOException {
        String pem;
        try (InputStream in = CloudRulesTest.class.getResourceAsStream("example-ca.pem")) {
            pem = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
        CloudsYamlEntry entry = read("clouds:\n  lab:\n    cacert: |\n" + pem.indent(6) + "    auth: {" + FULL + "}\n");

        assertNull(CloudRules.firstProblem(entry.cloud()));
        assertNotNull(entry.cloud().getCaCertificate());
        assertTrue(told(entry), told(entry).contains("cacert: it is no file's name"));
    }

    private static CloudsYamlEntry read(String text) {
        return CloudsYaml.read(text).entries().get(0);
    }

    private static String told(CloudsYamlEntry entry) {
        return entry.problem() + "\n" + CloudRules.firstProblem(entry.cloud()) + "\n"
                + String.join("\n", entry.notes());
    }

    private static String taken(CloudsYamlEntry entry) {
        NovaCloud cloud = entry.cloud();
        if (entry.problem() != null || CloudRules.firstProblem(cloud) != null) {
            return "ignored";
        }
        return (cloud.getRegion() == null ? "-" : cloud.getRegion()) + " " + cloud.getEndpointInterface() + " "
                + login(entry.login());
    }

    private static String secret(StandardCredentials login) {
        return login instanceof OpenStackPasswordCredentials password
                ? password.getPassword().getPlainText()
                : "none";
    }

    private static String login(StandardCredentials login) {
        if (login instanceof OpenStackPasswordCredentials password) {
            return password.getUser() + "@" + password.getUserDomain() + " " + password.getProject() + "@"
                    + password.getProjectDomain();
        }
        return login instanceof OpenStackApplicationCredentials application
                ? application.getApplicationCredentialId()
                : "none";
    }
}
