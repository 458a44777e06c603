package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.impl.CallSiteBlock;
import com.cloudbees.groovy.cps.sandbox.DefaultInvoker;
import com.cloudbees.groovy.cps.sandbox.Invoker;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Calls what a script calls. Where something of a controller has fewer members here than there, the run ends as not runnable:
 * a script that catches the exception would go another way than on a controller.
 */
class PipelineInvoker extends DefaultInvoker implements Kept {
    private static final long serialVersionUID = 1L;

    private final transient Engine engine;

    PipelineInvoker(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Object methodCall(Object receiver, String method, Object[] arguments) throws Throwable {
        try {
            return super.methodCall(receiver, method, arguments);
        } catch (MissingMethodException missing) {
            throw lacking(missing.getType(), missing.getMethod() + "()")
                    .<Throwable>map(each -> each)
                    .orElse(missing);
        } catch (MissingPropertyException missing) {
            throw lacking(missing.getType(), missing.getProperty())
                    .<Throwable>map(each -> each)
                    .orElse(missing);
        }
    }

    @Override
    public Object getProperty(Object of, String name) throws Throwable {
        try {
            return super.getProperty(of, name);
        } catch (MissingPropertyException missing) {
            throw lacking(missing.getType(), missing.getProperty())
                    .<Throwable>map(each -> each)
                    .orElse(missing);
        }
    }

    @Override
    public void setProperty(Object of, String name, Object value) throws Throwable {
        try {
            super.setProperty(of, name, value);
        } catch (MissingPropertyException missing) {
            throw lacking(missing.getType(), missing.getProperty())
                    .<Throwable>map(each -> each)
                    .orElse(missing);
        }
    }

    private Optional<NotRunnable> lacking(Class<?> type, String member) {
        boolean ofAController = type != null
                && Stream.of("io.jenkins.plugins.nova.rehearsal.", "hudson.", "jenkins.", "org.jenkinsci.")
                        .anyMatch(type.getName()::startsWith);
        return ofAController
                ? Optional.of(engine.stopped("the rehearsal does not have " + member + " of " + shown(type)
                        + ", which a controller may have"))
                : Optional.empty();
    }

    private static String shown(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "CurrentBuild" -> "currentBuild";
            case "EnvVariable" -> "env";
            case "Described" -> "a description such as scm";
            default -> type.getName();
        };
    }

    @Override
    public Invoker contextualize(CallSiteBlock site) {
        return this;
    }
}
