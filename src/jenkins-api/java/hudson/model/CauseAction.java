package hudson.model;

import hudson.model.queue.FoldableAction;
import java.util.List;
import jenkins.model.RunAction2;

public class CauseAction implements FoldableAction, RunAction2 {
    private final List<Cause> causes;

    public CauseAction(Cause... a0) {
        this.causes = List.of(a0);
    }

    public List<Cause> getCauses() {
        return causes;
    }

    public String getDisplayName() {
        return "Cause";
    }

    public String getIconFileName() {
        return null;
    }

    public String getUrlName() {
        return "cause";
    }

    public void onLoad(Run<?, ?> a0) {}

    public void onAttached(Run<?, ?> a0) {}

    public void foldIntoExisting(Queue.Item a0, Queue.Task a1, List<Action> a2) {}
}
