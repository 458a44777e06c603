package io.jenkins.plugins.nova.report;

import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** A build as far as its page looks at one. */
final class SomeRun extends Run<SomeRun.SomeJob, SomeRun> {

    private final File directory;
    private final List<Action> actions = new ArrayList<>();
    int saved;
    boolean building = true;

    SomeRun(File directory) {
        super((SomeJob) null, 0L);
        this.directory = directory;
    }

    @Override
    public void addAction(Action action) {
        actions.add(action);
    }

    @Override
    public <T extends Action> T getAction(Class<T> type) {
        return actions.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    @Override
    public File getRootDir() {
        return directory;
    }

    @Override
    public boolean isBuilding() {
        return building;
    }

    @Override
    public synchronized void save() {
        saved++;
    }

    @Override
    public String toString() {
        return "nightly #1";
    }

    /** Its job, which nothing asks for. */
    abstract static class SomeJob extends Job<SomeJob, SomeRun> {
        private SomeJob() {
            super(null, "some");
        }

        @Override
        protected SortedMap<Integer, SomeRun> _getRuns() {
            return Collections.emptySortedMap();
        }

        @Override
        public Collection<? extends Job> getAllJobs() {
            return List.of(this);
        }
    }
}
