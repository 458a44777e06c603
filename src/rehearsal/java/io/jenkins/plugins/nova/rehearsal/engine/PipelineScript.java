package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.SerializableScript;
import groovy.lang.MissingPropertyException;
import java.io.File;
import java.util.Optional;
import org.codehaus.groovy.runtime.InvokerHelper;

/** Base class of every Jenkinsfile: what it does not have itself is a global variable or a step. */
public abstract class PipelineScript extends SerializableScript {
    private static final long serialVersionUID = 1L;

    private static final String NO_EVALUATE = "the rehearsal does not have the evaluation of files: load reads one";

    private transient Engine engine;

    /** Binds the script to the engine that answers its calls. */
    public void attach(Engine runs) {
        this.engine = runs;
    }

    @Override
    public final Object invokeMethod(String name, Object args) {
        if (getBinding().hasVariable(name)) {
            Object variable = getBinding().getVariable(name);
            if (!InvokerHelper.getMetaClass(variable)
                    .respondsTo(variable, "call", (Object[]) args)
                    .isEmpty()) {
                return InvokerHelper.getMetaClass(variable).invokeMethod(variable, "call", args);
            }
        }
        return engine.invoke(name, args);
    }

    @Override
    public Object getProperty(String property) {
        try {
            return super.getProperty(property);
        } catch (MissingPropertyException missing) {
            if (engine == null) {
                throw missing;
            }
            Optional<Object> found = engine.global(property);
            if (found.isEmpty() && !engine.undefinedIsNull()) {
                if (KnownPlugins.knowsGlobal(property)) {
                    throw engine.needs(property);
                }
                throw missing;
            }
            return found.orElse(null);
        }
    }

    @Override
    public Object evaluate(String text) {
        return engine.evaluate(text);
    }

    @Override
    public Object evaluate(File file) {
        throw new NotRunnable(NO_EVALUATE);
    }

    @Override
    public void run(File file, String[] arguments) {
        throw new NotRunnable(NO_EVALUATE);
    }

    /** Groovy has a {@code sleep} of its own on every object; a Jenkinsfile means the step. */
    public Object sleep(long seconds) {
        return invokeMethod("sleep", new Object[] {seconds});
    }

    @Override
    public void println() {
        invokeMethod("echo", new Object[] {""});
    }

    @Override
    public void println(Object value) {
        invokeMethod("echo", new Object[] {String.valueOf(value)});
    }

    @Override
    public void print(Object value) {
        println(value);
    }
}
