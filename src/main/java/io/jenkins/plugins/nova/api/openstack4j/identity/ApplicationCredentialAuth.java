package io.jenkins.plugins.nova.api.openstack4j.identity;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRootName;
import java.util.List;
import java.util.Map;
import org.openstack4j.model.identity.v3.Authentication;
import org.openstack4j.openstack.common.Auth;
import org.openstack4j.openstack.identity.v3.domain.KeystoneAuth;

/**
 * The {@code auth} of an application credential, which openstack4j 3.12 does not know. It carries no scope: Keystone
 * takes the project that the credential was made in.
 */
@JsonRootName("auth")
final class ApplicationCredentialAuth extends KeystoneAuth {

    private static final long serialVersionUID = 1L;

    private final transient ByCredential identity;

    ApplicationCredentialAuth(Login.ApplicationCredential login) {
        super(Auth.Type.CREDENTIALS);
        this.identity = new ByCredential(login);
    }

    @Override
    public Authentication.Identity getIdentity() {
        return identity;
    }

    /** The {@code identity} with its one method. */
    static final class ByCredential implements Authentication.Identity {

        private final Login.ApplicationCredential login;

        ByCredential(Login.ApplicationCredential login) {
            this.login = login;
        }

        @Override
        public List<String> getMethods() {
            return List.of("application_credential");
        }

        /** Id and secret, as Keystone wants them. */
        @JsonProperty("application_credential")
        public Map<String, String> getApplicationCredential() {
            return Map.of("id", login.id(), "secret", login.secret());
        }

        @Override
        public Password getPassword() {
            return null;
        }

        @Override
        public Token getToken() {
            return null;
        }
    }
}
