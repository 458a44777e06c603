package org.jenkinsci.plugins.workflow.steps;

import hudson.console.ConsoleLogFilter;
import java.util.Collection;

public abstract class BodyInvoker {
    public BodyInvoker() {}

    public abstract BodyInvoker withContext(Object a0);

    public BodyInvoker withContexts(Collection<?> a0) {
        BodyInvoker invoker = this;
        for (Object context : a0) {
            invoker = invoker.withContext(context);
        }
        return invoker;
    }

    public abstract BodyInvoker withDisplayName(String a0);

    public abstract BodyInvoker withCallback(BodyExecutionCallback a0);

    public abstract BodyExecution start();

    public static ConsoleLogFilter mergeConsoleLogFilters(ConsoleLogFilter a0, ConsoleLogFilter a1) {
        throw new UnsupportedOperationException();
    }
}
