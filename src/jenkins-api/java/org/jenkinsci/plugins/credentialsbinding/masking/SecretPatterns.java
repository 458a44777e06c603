package org.jenkinsci.plugins.credentialsbinding.masking;

import hudson.console.LineTransformationOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

public class SecretPatterns {
    private SecretPatterns() {}

    public static Pattern getAggregateSecretPattern(Collection<String> a0) {
        return Pattern.compile(a0.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    public static class MaskingOutputStream extends LineTransformationOutputStream.Delegating {
        private final Supplier<Pattern> pattern;
        private final String charset;

        public MaskingOutputStream(OutputStream a0, Supplier<Pattern> a1, String a2) {
            super(a0);
            pattern = a1;
            charset = a2;
        }

        protected void eol(byte[] a0, int a1) throws IOException {
            String line = new String(a0, 0, a1, charset);
            out.write(pattern.get().matcher(line).replaceAll("****").getBytes(charset));
        }

        public String toString() {
            return "MaskingOutputStream[" + out + "]";
        }
    }
}
