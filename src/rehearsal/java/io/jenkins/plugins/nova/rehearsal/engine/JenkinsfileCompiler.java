package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.TransformerConfiguration;
import groovy.lang.Binding;
import groovy.lang.GroovyShell;
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

/** Compiles a Jenkinsfile to a program that can be suspended. */
public final class JenkinsfileCompiler {
    /** The file's name in messages and stack traces. */
    public static final String NAME = "Jenkinsfile";

    private final List<CompilationCustomizer> before;

    /**
     * @param before what looks at or changes the syntax tree before it becomes continuations
     */
    public JenkinsfileCompiler(List<CompilationCustomizer> before) {
        this.before = before;
    }

    /**
     * Compiles.
     *
     * @param text the Jenkinsfile, or a script of the rehearsal's own
     * @param name its name in stack traces
     * @return not yet attached to an engine
     * @throws NotRunnable says line and reason if it is not valid
     */
    public PipelineScript compile(String text, String name) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(PipelineScript.class.getName());
        // needs Ivy, which is not here, to download
        configuration.setDisabledGlobalASTTransformations(Set.of("groovy.grape.GrabAnnotationTransformation"));
        ImportCustomizer imports = new ImportCustomizer();
        imports.addStarImports("com.cloudbees.groovy.cps", "hudson.model", "jenkins.model");
        CpsTransformer transformer = new CpsTransformer();
        transformer.setConfiguration(new TransformerConfiguration().withClosureType(PipelineClosure.class));
        configuration.addCompilationCustomizers(imports);
        before.forEach(configuration::addCompilationCustomizers);
        configuration.addCompilationCustomizers(transformer);
        GroovyShell shell = new GroovyShell(getClass().getClassLoader(), new Binding(), configuration);
        try {
            return (PipelineScript) shell.parse(text, name);
        } catch (MultipleCompilationErrorsException errors) {
            throw new NotRunnable(explain(name, errors));
        } catch (CompilationFailedException failed) {
            throw new NotRunnable(name + ": " + failed.getMessage());
        }
    }

    private static String explain(String name, MultipleCompilationErrorsException errors) {
        List<?> messages = errors.getErrorCollector().getErrors();
        return messages.stream()
                .map(message -> name + ": " + text((Message) message))
                .collect(Collectors.joining("\n"));
    }

    private static String text(Message message) {
        if (message instanceof SyntaxErrorMessage syntax) {
            return "line " + syntax.getCause().getLine() + ": "
                    + syntax.getCause().getOriginalMessage();
        }
        if (message instanceof ExceptionMessage exception) {
            return exception.getCause().getMessage();
        }
        return message.toString();
    }
}
