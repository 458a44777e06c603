package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.impl.CpsCallableInvocation.MismatchHandler;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Tells of calls that continuations do not follow, in the words of a controller (workflow-cps's CpsVmExecutorService). */
final class Mismatches implements MismatchHandler {
    private final Consumer<String> told;

    Mismatches(Consumer<String> told) {
        this.told = told;
    }

    /**
     * Code that was not made into continuations (Groovy's own, a method with @NonCPS, a constructor) has called some that was: the
     * value of the inner call is taken for that of the outer one. A controller says so and goes on.
     */
    @Override
    public void handle(Object receiver, String method, Object actualReceiver, String actualMethod) {
        if (isOfAController(receiver) || isOfAController(actualReceiver)) {
            return;
        }
        told.accept("expected to call " + named(receiver) + method + " but wound up catching " + named(actualReceiver)
                + actualMethod + "; see: https://jenkins.io/redirect/pipeline-cps-method-mismatches/");
    }

    /** What is of a plugin there, as the interpreter of Declarative Pipelines, a controller does not look into. */
    private static boolean isOfAController(Object receiver) {
        if (receiver == null || receiver instanceof PipelineClosure) {
            return false;
        }
        String name = (receiver instanceof Class<?> itself ? itself : receiver.getClass()).getName();
        return name.equals(JenkinsfileCompiler.INTERPRETER)
                || Stream.of("io.jenkins.plugins.nova.rehearsal.", "hudson.", "jenkins.", "org.jenkinsci.")
                        .anyMatch(name::startsWith);
    }

    /** As a controller writes it. */
    private static String named(Object receiver) {
        if (receiver == null) {
            return "";
        }
        Class<?> type = receiver instanceof Class<?> itself ? itself : receiver.getClass();
        return (type == PipelineClosure.class ? "org.jenkinsci.plugins.workflow.cps.CpsClosure2" : type.getName())
                + ".";
    }
}
