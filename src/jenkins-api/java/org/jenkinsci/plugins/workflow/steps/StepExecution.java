package org.jenkinsci.plugins.workflow.steps;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

public abstract class StepExecution implements Serializable {
    private StepContext context;

    protected StepExecution() {}

    protected StepExecution(StepContext a0) {
        this.context = a0;
    }

    public StepContext getContext() {
        return context;
    }

    public abstract boolean start() throws Exception;

    public void stop(Throwable a0) throws Exception {
        getContext().onFailure(a0);
    }

    public void onResume() {}

    public String getStatus() {
        return null;
    }

    public boolean blocksRestart() {
        return false;
    }

    public static ListenableFuture<?> acceptAll(Consumer<StepExecution> a0) {
        List<ListenableFuture<?>> all = new ArrayList<>();
        StepExecutionIterator.all().forEach(iterator -> all.add(iterator.accept(a0)));
        return Futures.allAsList(all);
    }

    public static <T extends StepExecution> ListenableFuture<?> acceptAll(Class<T> a0, Consumer<T> a1) {
        return acceptAll(execution -> {
            if (a0.isInstance(execution)) {
                a1.accept(a0.cast(execution));
            }
        });
    }
}
