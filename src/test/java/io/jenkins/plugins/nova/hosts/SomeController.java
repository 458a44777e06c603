package io.jenkins.plugins.nova.hosts;

import hudson.Plugin;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.JobProperty;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import java.io.File;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.junit.rules.ExternalResource;

/** A controller with jobs, on which whoever looks has the permissions that a test gives. */
final class SomeController extends ExternalResource {

    final Map<String, SomeJob> jobs = new LinkedHashMap<>();

    /** What whoever looks has, on the controller. */
    Set<Permission> permissions = Set.of(Jenkins.READ, HostsAction.VIEW_HOSTS);

    boolean prefills;
    private Jenkins jenkins;

    @Override
    protected void before() throws Throwable {
        jenkins = new Jenkins(new File("target/some-controller"), null) {
            @Override
            public ACL getACL() {
                return ACL.lambda2((user, permission) -> permissions.contains(permission));
            }

            @Override
            public String getRootUrl() {
                return "https://jenkins.example.org/";
            }

            @Override
            public <T extends Item> List<T> getAllItems(Class<T> type) {
                return jobs.values().stream().map(type::cast).toList();
            }

            @Override
            public Item getItemByFullName(String name) {
                return jobs.get(name);
            }

            @Override
            public Plugin getPlugin(String name) {
                return prefills && name.equals("build-with-parameters") ? new Plugin() {} : null;
            }

            @Override
            public String getUrl() {
                return "";
            }
        };
    }

    @Override
    protected void after() {
        jenkins.cleanUp();
    }

    /** A job on which whoever looks has these permissions. */
    SomeJob job(String name, Set<Permission> allowed, String... parameters) {
        SomeJob job = new SomeJob(jenkins, name, allowed, List.of(parameters));
        jobs.put(name, job);
        return job;
    }

    /** A job with one build. */
    static final class SomeJob extends Job<SomeJob, SomeRun> {
        private final Set<Permission> allowed;
        private final List<String> parameters;
        private final SortedMap<Integer, SomeRun> runs = new TreeMap<>();
        boolean buildable = true;

        private SomeJob(Jenkins jenkins, String name, Set<Permission> allowed, List<String> parameters) {
            super(jenkins, name);
            this.allowed = allowed;
            this.parameters = parameters;
        }

        SomeRun build(int number) {
            SomeRun run = new SomeRun(this, number);
            runs.put(number, run);
            return run;
        }

        @Override
        public ACL getACL() {
            return ACL.lambda2((user, permission) -> allowed.contains(permission));
        }

        @Override
        public <T extends JobProperty> T getProperty(Class<T> type) {
            return parameters.isEmpty()
                    ? null
                    : type.cast(new ParametersDefinitionProperty(List.of()) {
                        @Override
                        public List<String> getParameterDefinitionNames() {
                            return parameters;
                        }
                    });
        }

        @Override
        public File getRootDir() {
            return new File("target/some-controller/jobs/"
                    + Integer.toHexString(getName().hashCode()));
        }

        @Override
        public boolean isBuildable() {
            return buildable;
        }

        @Override
        protected SortedMap<Integer, SomeRun> _getRuns() {
            return runs;
        }

        @Override
        protected void removeRun(SomeRun run) {
            runs.remove(run.getNumber());
        }

        @Override
        public Collection<? extends Job> getAllJobs() {
            return List.of(this);
        }
    }

    /** A build. */
    static final class SomeRun extends Run<SomeJob, SomeRun> {
        private SomeRun(SomeJob job, int number) {
            super(job, 0L);
            this.number = number;
        }
    }
}
