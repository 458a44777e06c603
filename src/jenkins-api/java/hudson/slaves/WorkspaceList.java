package hudson.slaves;

import hudson.FilePath;

public final class WorkspaceList {
    private WorkspaceList() {}

    public static FilePath tempDir(FilePath a0) {
        return a0.child("../" + a0.child("name").getRemote().replaceAll("^.*/([^/]+)/name$", "$1") + "@tmp");
    }
}
