package io.jenkins.plugins.nova.cloud;

import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What OpenStack's command line and SDK read from their environment: the {@code OS_*} variables of one cloud and one login.
 *
 * @param open those that anybody may read
 * @param secret those that must not be shown
 * @param caCertificate PEM certificates of the cloud, for a file whose path is OS_CACERT; null when it needs none
 */
public record OpenStackVariables(Map<String, String> open, Map<String, String> secret, String caCertificate) {

    /** The path of a file with the certificates that alone are trusted. */
    public static final String CA_CERTIFICATE = "OS_CACERT";

    /**
     * Everything that says where to go and who one is, in any of the ways that keystoneauth knows: what of it is not set
     * has to be absent, since it refuses for instance a project beside an application credential.
     */
    public static final Set<String> ALL = Set.of(
            "OS_APPLICATION_CREDENTIAL_ID",
            "OS_APPLICATION_CREDENTIAL_NAME",
            "OS_APPLICATION_CREDENTIAL_SECRET",
            "OS_AUTH_TYPE",
            "OS_AUTH_URL",
            CA_CERTIFICATE,
            "OS_CLOUD",
            "OS_DOMAIN_ID",
            "OS_DOMAIN_NAME",
            "OS_ENDPOINT_TYPE",
            "OS_IDENTITY_API_VERSION",
            "OS_INTERFACE",
            "OS_PASSWORD",
            "OS_PROJECT_DOMAIN_ID",
            "OS_PROJECT_DOMAIN_NAME",
            "OS_PROJECT_ID",
            "OS_PROJECT_NAME",
            "OS_REGION_NAME",
            "OS_SYSTEM_SCOPE",
            "OS_TENANT_ID",
            "OS_TENANT_NAME",
            "OS_TOKEN",
            "OS_TRUST_ID",
            "OS_USERNAME",
            "OS_USER_DOMAIN_ID",
            "OS_USER_DOMAIN_NAME",
            "OS_USER_ID");

    static OpenStackVariables of(CloudEndpoint endpoint, Login login, String caCertificate) {
        Map<String, String> open = new TreeMap<>();
        Map<String, String> secret = new TreeMap<>();
        open.put("OS_AUTH_URL", endpoint.identityUrl().toString());
        open.put("OS_IDENTITY_API_VERSION", "3");
        open.put("OS_INTERFACE", endpoint.facing().word());
        if (endpoint.region() != null) {
            open.put("OS_REGION_NAME", endpoint.region());
        }
        if (login instanceof Login.ApplicationCredential application) {
            open.put("OS_AUTH_TYPE", "v3applicationcredential");
            open.put("OS_APPLICATION_CREDENTIAL_ID", application.id());
            secret.put("OS_APPLICATION_CREDENTIAL_SECRET", application.secret());
        } else if (login instanceof Login.Password password) {
            open.put("OS_AUTH_TYPE", "password");
            (password.userSecret() ? secret : open).put("OS_USERNAME", password.user());
            open.put("OS_USER_DOMAIN_NAME", password.userDomain());
            open.put("OS_PROJECT_NAME", password.project());
            open.put("OS_PROJECT_DOMAIN_NAME", password.projectDomain());
            secret.put("OS_PASSWORD", password.password());
        }
        return new OpenStackVariables(open, secret, caCertificate);
    }

    /** For logs: the names alone of what is secret. */
    @Override
    public String toString() {
        return open + " and " + secret.keySet();
    }
}
