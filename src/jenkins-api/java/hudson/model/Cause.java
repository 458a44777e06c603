package hudson.model;

import java.util.List;

public abstract class Cause {
    public Cause() {}

    public abstract String getShortDescription();

    public static class UpstreamCause extends Cause {
        private final String project;
        private final int build;
        private final List<Cause> causes;

        public UpstreamCause(Run<?, ?> a0) {
            // as what the other job is called at this moment
            String id = a0.getExternalizableId();
            project = id.substring(0, id.lastIndexOf('#'));
            build = a0.getNumber();
            causes = a0.getCauses();
        }

        public boolean pointsTo(Run<?, ?> a0) {
            return (project + "#" + build).equals(a0.getExternalizableId());
        }

        public String getUpstreamProject() {
            return project;
        }

        public int getUpstreamBuild() {
            return build;
        }

        public List<Cause> getUpstreamCauses() {
            return causes;
        }

        public String getShortDescription() {
            return project;
        }
    }
}
