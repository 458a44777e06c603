package io.jenkins.plugins.nova.cloud;

import hudson.model.Job;
import hudson.model.Run;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** A build as far as sessions look at one. */
final class SomeBuild extends Run<SomeBuild.SomeJob, SomeBuild> {

    private final String id;

    SomeBuild(String id) {
        super((SomeJob) null, 0L);
        this.id = id;
    }

    @Override
    public String getExternalizableId() {
        return id;
    }

    /** Its job, which nothing asks for. */
    abstract static class SomeJob extends Job<SomeJob, SomeBuild> {
        private SomeJob() {
            super(null, "some");
        }

        @Override
        protected SortedMap<Integer, SomeBuild> _getRuns() {
            return Collections.emptySortedMap();
        }

        @Override
        public Collection<? extends Job> getAllJobs() {
            return List.of(this);
        }
    }
}
