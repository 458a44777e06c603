package hudson.model;

import jenkins.model.Loadable;
import jenkins.util.io.OnMaster;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;

public abstract class Descriptor<T extends Describable<T>> implements Loadable, Saveable, OnMaster {
    public final transient Class<? extends T> clazz;

    protected Descriptor(Class<? extends T> a0) {
        this.clazz = a0;
    }

    protected Descriptor() {
        this.clazz = (Class<? extends T>) getClass().getEnclosingClass();
    }

    public String getDisplayName() {
        return clazz.getSimpleName();
    }

    public String getId() {
        return clazz.getName();
    }

    public T newInstance(StaplerRequest2 a0, JSONObject a1) throws FormException {
        throw new UnsupportedOperationException();
    }

    public boolean configure(StaplerRequest2 a0, JSONObject a1) throws FormException {
        throw new UnsupportedOperationException();
    }

    public synchronized void save() {}

    public synchronized void load() {}

    public static final class FormException extends Exception implements HttpResponse {
        private final String formField;

        public FormException(String a0, String a1) {
            super(a0);
            this.formField = a1;
        }

        public FormException(String a0, Throwable a1, String a2) {
            super(a0, a1);
            this.formField = a2;
        }

        public FormException(Throwable a0, String a1) {
            super(a0);
            this.formField = a1;
        }

        public String getFormField() {
            return formField;
        }
    }
}
