package io.jenkins.plugins.nova.rehearsal.jenkins;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutionIterator;

/** The steps in flight of all rehearsed builds, as workflow-api's list of running flows has a controller's. */
public final class StepsInFlight extends StepExecutionIterator {

    private final Set<LiveStep> steps = ConcurrentHashMap.newKeySet();

    private StepsInFlight() {}

    /** The JVM's only one, an extension from the first call on: not by annotation, so that the index of those is the plugin's. */
    static synchronized StepsInFlight get() {
        ExtensionList<StepsInFlight> known = ExtensionList.lookup(StepsInFlight.class);
        if (known.isEmpty()) {
            known.add(new StepsInFlight());
        }
        return known.get(0);
    }

    void add(LiveStep step) {
        steps.add(step);
    }

    void remove(LiveStep step) {
        if (step != null) {
            steps.remove(step);
        }
    }

    /** Each on its build's own thread, as on a controller; {@code told} therefore perhaps after this has returned. */
    @Override
    public ListenableFuture<?> accept(Consumer<StepExecution> told) {
        List<SettableFuture<Void>> all = new ArrayList<>();
        for (LiveStep step : steps) {
            SettableFuture<Void> done = SettableFuture.create();
            all.add(done);
            try {
                step.onVm(() -> {
                    if (steps.contains(step)) {
                        told.accept(step.execution());
                    }
                    done.set(null);
                });
            } catch (RejectedExecutionException e) {
                // its build was given up before it ended
                steps.remove(step);
                done.set(null);
            }
        }
        return Futures.allAsList(all);
    }
}
