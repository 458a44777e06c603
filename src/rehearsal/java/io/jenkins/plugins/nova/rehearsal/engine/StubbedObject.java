package io.jenkins.plugins.nova.rehearsal.engine;

import groovy.lang.GroovyObjectSupport;

/**
 * A global variable of another plugin that is let pass, or something that it has returned: whatever is called of it does
 * nothing, and a block behind the call runs.
 */
public final class StubbedObject extends GroovyObjectSupport implements Kept {
    private final String name;
    private final Engine engine;

    StubbedObject(String name, Engine engine) {
        this.name = name;
        this.engine = engine;
    }

    /** Leaves by the continuation, as a step does. */
    @Override
    public Object invokeMethod(String method, Object arguments) {
        if (method.equals("toString")) {
            return name;
        }
        return engine.invokeStub(name + "." + method, arguments);
    }

    @Override
    public Object getProperty(String property) {
        return new StubbedObject(name + "." + property, engine);
    }

    @Override
    public void setProperty(String property, Object value) {
        // whatever it is of, it does nothing
    }

    @Override
    public String toString() {
        return name;
    }
}
