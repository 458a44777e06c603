package io.jenkins.plugins.nova.rehearsal.steps;

import hudson.AbortException;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Described;
import io.jenkins.plugins.nova.rehearsal.engine.NotRunnable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns bindings of withCredentials, and Declarative's credentials(), into variables, and hides their values. */
public final class CredentialBindings {
    private static final List<String> KINDS = List.of("string", "usernamePassword", "usernameColonPassword");

    private final Build build;

    /** Of a build. */
    public CredentialBindings(Build build) {
        this.build = build;
    }

    /**
     * The variables of one binding.
     *
     * @throws AbortException if there is no such credential
     * @throws NotRunnable if the rehearsal does not have that kind of binding
     */
    public Map<String, String> variables(Described binding) throws AbortException {
        if (!KINDS.contains(binding.symbol())) {
            throw new NotRunnable("withCredentials: the rehearsal has " + String.join(", ", KINDS) + ", not "
                    + binding.symbol() + "; -Dstub=" + binding.symbol() + " lets it pass: its variables are not set");
        }
        Map<String, String> bound = new LinkedHashMap<>();
        String text = build.secrets().text(String.valueOf(binding.text("credentialsId")));
        switch (binding.symbol()) {
            case "string", "usernameColonPassword" -> bound.put(binding.text("variable"), text);
            case "usernamePassword" -> {
                bound.put(binding.text("usernameVariable"), user(binding, text));
                bound.put(binding.text("passwordVariable"), password(text));
            }
            default -> throw new IllegalArgumentException(binding.symbol());
        }
        hide(text);
        return bound;
    }

    /** The variables of {@code NAME = credentials('id')}. */
    public Map<String, String> environment(String name, String id) throws AbortException {
        String text = build.secrets().text(id);
        hide(text);
        Map<String, String> bound = new LinkedHashMap<>();
        bound.put(name, text);
        if (text.indexOf(':') > 0) {
            bound.put(name + "_USR", text.substring(0, text.indexOf(':')));
            bound.put(name + "_PSW", password(text));
        }
        return bound;
    }

    private void hide(String text) {
        build.console().hide(text);
        build.console().hide(password(text));
    }

    private static String user(Described binding, String text) throws AbortException {
        if (text.indexOf(':') <= 0) {
            throw new AbortException(
                    "the credential '" + binding.text("credentialsId") + "' must be given as user:password");
        }
        return text.substring(0, text.indexOf(':'));
    }

    private static String password(String text) {
        return text.substring(text.indexOf(':') + 1);
    }
}
