package org.jenkinsci.plugins.workflow.actions;

import hudson.model.Result;

public class WarningAction implements PersistentAction {
    private final Result result;
    private String message;

    public WarningAction(Result a0) {
        result = a0;
    }

    public WarningAction withMessage(String a0) {
        message = a0;
        return this;
    }

    public String getMessage() {
        return message;
    }

    public Result getResult() {
        return result;
    }

    public String getIconFileName() {
        return null;
    }

    public String getDisplayName() {
        return "Warning";
    }

    public String getUrlName() {
        return null;
    }
}
