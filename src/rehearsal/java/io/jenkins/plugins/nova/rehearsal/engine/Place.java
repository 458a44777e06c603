package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.Collection;

/**
 * A line of the pipeline's text.
 *
 * @param file as the operator knows it: Jenkinsfile, or a file of a shared library
 * @param line from 1; 0 if it is not known
 */
public record Place(String file, int line) {
    /** No line is known. */
    public static final Place NOWHERE = new Place(JenkinsfileCompiler.NAME, 0);

    /** The innermost line of the pipeline among these frames. */
    public static Place of(Collection<StackTraceElement> frames) {
        return frames.stream()
                .filter(frame -> frame.getLineNumber() > 0 && isOfThePipeline(frame))
                .findFirst()
                .map(frame -> new Place(shown(frame.getFileName()), frame.getLineNumber()))
                .orElse(NOWHERE);
    }

    private static boolean isOfThePipeline(StackTraceElement frame) {
        String file = frame.getFileName();
        return file != null
                && (file.equals(JenkinsfileCompiler.SCRIPT)
                        || file.endsWith(".groovy")
                                && !frame.getClassName().startsWith("com.cloudbees.groovy.cps.")
                                && !frame.getClassName().startsWith("org.codehaus.groovy."));
    }

    /** What the operator calls a source that the compiler knows by this name. */
    static String shown(String source) {
        if (source.equals(JenkinsfileCompiler.SCRIPT)) {
            return JenkinsfileCompiler.NAME;
        }
        for (String folder : new String[] {"/vars/", "/src/"}) {
            int at = source.lastIndexOf(folder);
            if (at >= 0) {
                return source.substring(at + 1);
            }
        }
        return source.startsWith("./") ? source.substring(2) : source;
    }

    /** Whether a line is known. */
    public boolean isKnown() {
        return line > 0;
    }

    /** Such as " (Jenkinsfile line 3)"; empty if no line is known. */
    public String behind() {
        return isKnown() ? " (" + file + " line " + line + ")" : "";
    }

    /** Such as "Jenkinsfile: line 3: "; empty if no line is known. */
    public String before() {
        return isKnown() ? file + ": line " + line + ": " : "";
    }
}
