package org.jenkinsci.plugins.workflow.actions;

public class LabelAction implements PersistentAction {
    private final String displayName;

    public LabelAction(String a0) {
        displayName = a0;
    }

    public String getIconFileName() {
        return null;
    }

    public String getDisplayName() {
        return displayName;
    }

    public String getUrlName() {
        return null;
    }
}
