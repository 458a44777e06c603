package hudson.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.ModelObjectWithContextMenu;

public abstract class Actionable extends AbstractModelObject implements ModelObjectWithContextMenu {
    private final List<Action> actions = new CopyOnWriteArrayList<>();

    public Actionable() {}

    public List<Action> getActions() {
        return actions;
    }

    public <T extends Action> List<T> getActions(Class<T> a0) {
        return getActions().stream().filter(a0::isInstance).map(a0::cast).toList();
    }

    public void addAction(Action a0) {
        getActions().add(a0);
    }

    public boolean addOrReplaceAction(Action a0) {
        boolean same = getActions().contains(a0);
        getActions().removeIf(action -> action.getClass() == a0.getClass());
        addAction(a0);
        return !same;
    }

    public <T extends Action> T getAction(Class<T> a0) {
        return getActions(a0).stream().findFirst().orElse(null);
    }
}
