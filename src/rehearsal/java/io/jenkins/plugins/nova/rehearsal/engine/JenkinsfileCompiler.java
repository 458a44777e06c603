package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.TransformerConfiguration;
import com.cloudbees.groovy.cps.sandbox.Untrusted;
import groovy.lang.Binding;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.runtime.InvokerHelper;

/** Compiles a Jenkinsfile, and the scripts and classes that it uses, to programs that can be suspended. */
public final class JenkinsfileCompiler {
    /** The file's name in messages. */
    public static final String NAME = "Jenkinsfile";

    /** Its name, and its class's, on a controller, whose messages have it. */
    public static final String SCRIPT = "WorkflowScript";

    /** The name of the rehearsal's own script, which runs Declarative Pipelines. */
    public static final String INTERPRETER = "Declarative";

    private final GroovyClassLoader loader;

    /**
     * @param before what looks at or changes the syntax tree before it becomes continuations
     */
    public JenkinsfileCompiler(List<? extends CompilationCustomizer> before) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(PipelineScript.class.getName());
        // needs Ivy, which is not here, to download
        configuration.setDisabledGlobalASTTransformations(Set.of("groovy.grape.GrabAnnotationTransformation"));
        ImportCustomizer imports = new ImportCustomizer();
        imports.addStarImports("com.cloudbees.groovy.cps", "hudson.model", "jenkins.model");
        imports.addImports(Library.class.getName());
        CpsTransformer transformer = new CpsTransformer() {
            @Override
            protected Class<?> getTrustTag() {
                return Untrusted.class;
            }
        };
        transformer.setConfiguration(new TransformerConfiguration()
                .withClosureType(PipelineClosure.class)
                .withSafepoint(Safepoint.class, "safepoint"));
        configuration.addCompilationCustomizers(imports);
        before.forEach(configuration::addCompilationCustomizers);
        configuration.addCompilationCustomizers(transformer);
        loader = new GroovyClassLoader(getClass().getClassLoader(), configuration);
    }

    /** Classes whose sources lie in that folder are found from now on. */
    void addSources(Path folder) {
        try {
            loader.addURL(folder.toUri().toURL());
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException("a folder has no URL: " + folder, impossible);
        }
    }

    /** What has the classes of all that was compiled. */
    ClassLoader loader() {
        return loader;
    }

    /**
     * Compiles.
     *
     * @param text the Jenkinsfile, or another script
     * @param name {@link #NAME}; or else its name in stack traces
     * @return not yet attached to an engine
     * @throws NotRunnable says file, line and reason if it is not valid
     */
    public PipelineScript compile(String text, String name) {
        String source = name.equals(NAME) ? SCRIPT : name;
        try {
            Class<?> type = loader.parseClass(new GroovyCodeSource(text, source, "/groovy/shell"), false);
            return (PipelineScript) InvokerHelper.createScript(type, new Binding());
        } catch (MultipleCompilationErrorsException errors) {
            throw new NotRunnable(explain(errors));
        } catch (RuntimeException failed) {
            if (!(failed instanceof CompilationFailedException) && !isTooLarge(failed)) {
                throw failed;
            }
            throw new NotRunnable(Place.shown(source) + ": " + failed.getMessage() + explained(failed.getMessage()));
        }
    }

    /** What Groovy means by a limit that it does not explain; a controller's has the same. */
    private static String explained(String words) {
        String text = String.valueOf(words);
        if (text.contains("max number of supported arguments")) {
            return " (a block may have 255 statements: put some of them into functions)";
        }
        if (text.matches("(?s)unable to resolve class (hudson|jenkins|org\\.jenkinsci)\\..*")) {
            return " (a class of Jenkins or of a plugin, which the rehearsal does not have)";
        }
        return text.contains("too large")
                ? " (a method may have 64 KiB of code: put parts of the pipeline into functions or a shared library)"
                : "";
    }

    /** ASM says no more than that; the limit of 64 KiB is the Java VM's. */
    private static boolean isTooLarge(RuntimeException failed) {
        return String.valueOf(failed.getMessage()).contains("too large");
    }

    private static String explain(MultipleCompilationErrorsException errors) {
        List<?> messages = errors.getErrorCollector().getErrors();
        return messages.stream().map(message -> text((Message) message)).collect(Collectors.joining("\n"));
    }

    private static String text(Message message) {
        if (message instanceof SyntaxErrorMessage syntax) {
            String source = syntax.getCause().getSourceLocator();
            return new Place(
                                    Place.shown(source == null ? SCRIPT : source),
                                    syntax.getCause().getLine())
                            .before()
                    + syntax.getCause().getOriginalMessage().strip()
                    + explained(syntax.getCause().getOriginalMessage());
        }
        if (message instanceof ExceptionMessage exception) {
            String words = exception.getCause().getMessage();
            return NAME + ": " + words + explained(words);
        }
        return NAME + ": " + message;
    }
}
