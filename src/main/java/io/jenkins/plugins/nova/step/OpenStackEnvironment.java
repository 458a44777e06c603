package io.jenkins.plugins.nova.step;

import hudson.EnvVars;
import hudson.util.Secret;
import io.jenkins.plugins.nova.cloud.OpenStackVariables;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/**
 * Puts the OS_* variables into the environment of what runs in a withOpenStack, and takes those away that other means of
 * login have left there. Saved with the build's program, where Pipeline writes a {@link Secret} encrypted (SecretPickle of
 * workflow-support); that is why the secrets are held as such.
 */
final class OpenStackEnvironment extends EnvironmentExpander {

    private static final long serialVersionUID = 1L;

    private final HashMap<String, String> open;
    private final HashMap<String, Secret> secret = new HashMap<>();

    OpenStackEnvironment(Map<String, String> open, Map<String, String> secret) {
        this.open = new HashMap<>(open);
        secret.forEach((name, value) -> this.secret.put(name, Secret.fromString(value)));
    }

    @Override
    public void expand(EnvVars environment) {
        environment.keySet().removeAll(OpenStackVariables.ALL);
        environment.putAll(open);
        secret.forEach((name, value) -> environment.put(name, value.getPlainText()));
    }

    @Override
    public Set<String> getSensitiveVariables() {
        return Set.copyOf(secret.keySet());
    }
}
