package io.jenkins.plugins.nova.rehearsal.engine;

import com.cloudbees.groovy.cps.impl.CallSiteBlock;
import com.cloudbees.groovy.cps.sandbox.Invoker;
import com.cloudbees.groovy.cps.sandbox.Trusted;
import com.cloudbees.groovy.cps.sandbox.Untrusted;
import groovy.lang.Closure;

/** Calls what a script calls, unless {@link SandboxRules} refuse it. */
final class SandboxInvoker extends PipelineInvoker {
    private static final long serialVersionUID = 1L;

    private final PipelineInvoker trusted;

    SandboxInvoker(Engine engine) {
        super(engine);
        trusted = new PipelineInvoker(engine);
    }

    /** What groovy-cps itself calls, in its own each, sum and the like, is not the script's. */
    @Override
    public Invoker contextualize(CallSiteBlock site) {
        return site.getTags().contains(Trusted.INSTANCE) && !site.getTags().contains(Untrusted.INSTANCE)
                ? trusted
                : this;
    }

    @Override
    public Object methodCall(Object receiver, String method, Object[] arguments) throws Throwable {
        SandboxRules.call(receiver, method, arguments);
        return super.methodCall(receiver, method, arguments);
    }

    @Override
    public Object constructorCall(Class type, Object[] arguments) throws Throwable {
        SandboxRules.make(type, arguments);
        return super.constructorCall(type, arguments);
    }

    @Override
    public Object getProperty(Object of, String name) throws Throwable {
        SandboxRules.call(of, SandboxRules.getter(of, name));
        return super.getProperty(of, name);
    }

    @Override
    public void setProperty(Object of, String name, Object value) throws Throwable {
        SandboxRules.call(of, name, value);
        super.setProperty(of, name, value);
    }

    @Override
    public Object getAttribute(Object of, String name) throws Throwable {
        SandboxRules.call(of, name);
        return super.getAttribute(of, name);
    }

    @Override
    public void setAttribute(Object of, String name, Object value) throws Throwable {
        SandboxRules.call(of, name, value);
        super.setAttribute(of, name, value);
    }

    @Override
    public Object methodPointer(Object of, String name) {
        try {
            SandboxRules.call(of, name);
            return super.methodPointer(of, name);
        } catch (RejectedAccess rejected) {
            // an exception here would end the engine and not the script
            return new Refusal(rejected);
        }
    }

    /** What a pointer to a method is that may not be called. */
    private static final class Refusal extends Closure<Object> {
        private static final long serialVersionUID = 1L;
        private final RejectedAccess why;

        Refusal(RejectedAccess why) {
            super(null);
            this.why = why;
        }

        @Override
        public Object call(Object... arguments) {
            throw why;
        }
    }
}
