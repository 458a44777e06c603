package hudson.model.labels;

import hudson.model.Label;
import hudson.model.Saveable;
import java.io.IOException;

public class LabelAtom extends Label implements Saveable {
    public LabelAtom(String a0) {
        super(a0);
    }

    public void save() throws IOException {}
}
