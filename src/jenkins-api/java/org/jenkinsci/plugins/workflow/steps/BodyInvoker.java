package org.jenkinsci.plugins.workflow.steps;

import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
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
        return a0 == null ? a1 : new Merged(a0, a1);
    }

    private static final class Merged extends ConsoleLogFilter implements Serializable {
        private static final long serialVersionUID = 1;
        private final ConsoleLogFilter first;
        private final ConsoleLogFilter second;

        Merged(ConsoleLogFilter first, ConsoleLogFilter second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public OutputStream decorateLogger(Run a0, OutputStream a1) throws IOException, InterruptedException {
            return second.decorateLogger(a0, first.decorateLogger(a0, a1));
        }
    }
}
