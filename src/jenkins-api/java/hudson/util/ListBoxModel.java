package hudson.util;

import java.util.ArrayList;
import java.util.Collection;
import org.kohsuke.stapler.HttpResponse;

public class ListBoxModel extends ArrayList<ListBoxModel.Option> implements HttpResponse {
    public ListBoxModel() {}

    public ListBoxModel(Collection<ListBoxModel.Option> a0) {
        super(a0);
    }

    public void add(String a0, String a1) {
        add(new Option(a0, a1));
    }

    public ListBoxModel.Option[] values() {
        return toArray(new Option[0]);
    }

    public static final class Option {
        public String name;
        public String value;
        public boolean selected;

        public Option(String a0, String a1) {
            this(a0, a1, false);
        }

        public Option(String a0) {
            this(a0, a0, false);
        }

        public Option(String a0, String a1, boolean a2) {
            this.name = a0;
            this.value = a1;
            this.selected = a2;
        }

        public String toString() {
            return name + "=" + value;
        }
    }
}
