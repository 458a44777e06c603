package io.jenkins.plugins.nova.step;

import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.util.Secret;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Collection;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;

/**
 * Shows stars on the console where a secret would be, in any of the forms that withCredentials knows. Saved with the build's
 * program, where Pipeline writes a {@link Secret} encrypted, and sent to agents, which apply it to what they log.
 */
final class SecretFilter extends ConsoleLogFilter implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Secret pattern;
    private final String charset;

    /**
     * @param secrets what must not be seen
     * @param charset name of the log's encoding
     */
    SecretFilter(Collection<String> secrets, String charset) {
        this.pattern = Secret.fromString(
                SecretPatterns.getAggregateSecretPattern(secrets).pattern());
        this.charset = charset;
    }

    /** Asked without a build, and on agents where there is none. */
    @Override
    public OutputStream decorateLogger(Run build, OutputStream logger) {
        return new SecretPatterns.MaskingOutputStream(logger, () -> Pattern.compile(pattern.getPlainText()), charset);
    }
}
