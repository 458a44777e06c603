package io.jenkins.plugins.nova.rehearsal.engine;

import groovy.lang.GroovyObjectSupport;

/** What the step {@code library} returns: on a controller its classes are found by it, {@code library('x').com.example.Tool}. */
public final class LoadedLibrary extends GroovyObjectSupport implements Kept {
    private final String name;
    private final Engine engine;

    LoadedLibrary(String name, Engine engine) {
        this.name = name;
        this.engine = engine;
    }

    @Override
    public Object getProperty(String property) {
        throw lacking(property);
    }

    @Override
    public Object invokeMethod(String method, Object arguments) {
        throw lacking(method + "()");
    }

    private NotRunnable lacking(String member) {
        return engine.stopped("the rehearsal does not have " + member + " of what library('" + name
                + "') returns: its classes are found by their full names, or by @Library and import");
    }
}
