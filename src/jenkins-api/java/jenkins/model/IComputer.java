package jenkins.model;

import hudson.security.AccessControlled;
import org.jenkins.ui.icon.IconSpec;

public interface IComputer extends AccessControlled, IconSpec {
    boolean isOffline();
}
