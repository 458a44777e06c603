package hudson.model;

import java.util.List;

public abstract class Cause {
    public Cause() {}

    public abstract String getShortDescription();

    public static class UpstreamCause extends Cause {
        private final String build;
        private final List<Cause> causes;

        public UpstreamCause(Run<?, ?> a0) {
            build = a0.getExternalizableId();
            causes = a0.getCauses();
        }

        public boolean pointsTo(Run<?, ?> a0) {
            return build.equals(a0.getExternalizableId());
        }

        public List<Cause> getUpstreamCauses() {
            return causes;
        }

        public String getShortDescription() {
            return build;
        }
    }
}
