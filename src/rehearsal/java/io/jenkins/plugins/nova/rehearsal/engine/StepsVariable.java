package io.jenkins.plugins.nova.rehearsal.engine;

import groovy.lang.GroovyObjectSupport;

/** The variable {@code steps}, by which a class of a shared library calls what the script calls without it. */
public final class StepsVariable extends GroovyObjectSupport implements Kept {
    private final Engine engine;

    StepsVariable(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Object invokeMethod(String name, Object arguments) {
        return engine.invoke(name, arguments);
    }

    /** Groovy has one of its own on every object. */
    public Object sleep(long seconds) {
        return engine.invoke("sleep", new Object[] {seconds});
    }
}
