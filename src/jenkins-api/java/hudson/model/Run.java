package hudson.model;

import hudson.ExtensionPoint;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Calendar;
import java.util.List;
import jenkins.console.WithConsoleUrl;
import jenkins.model.HistoricalBuild;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import jenkins.util.io.OnMaster;
import org.kohsuke.stapler.StaplerProxy;
import org.springframework.security.access.AccessDeniedException;

public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements ExtensionPoint,
                Comparable<RunT>,
                AccessControlled,
                PersistenceRoot,
                DescriptorByNameOwner,
                OnMaster,
                StaplerProxy,
                HistoricalBuild,
                WithConsoleUrl {
    private static final PermissionGroup GROUP = new PermissionGroup(Run.class, null);
    private String displayName;

    protected final transient JobT project;
    public transient int number;
    protected long timestamp;
    protected volatile Result result;
    protected volatile String description;
    public static final Permission UPDATE =
            new Permission(GROUP, "Update", null, Jenkins.ADMINISTER, PermissionScope.RUN);
    public static final Permission ARTIFACTS =
            new Permission(GROUP, "Artifacts", null, Jenkins.ADMINISTER, PermissionScope.RUN);

    protected Run(JobT a0) throws IOException {
        this(a0, System.currentTimeMillis());
        this.number = 1;
    }

    protected Run(JobT a0, Calendar a1) {
        this(a0, a1.getTimeInMillis());
    }

    protected Run(JobT a0, long a1) {
        this.project = a0;
        this.timestamp = a1;
    }

    protected Run(JobT a0, File a1) throws IOException {
        this(a0, 0L);
        this.number = Integer.parseInt(a1.getName());
    }

    public void addAction(Action a0) {
        super.addAction(a0);
        if (a0 instanceof RunAction2) {
            ((RunAction2) a0).onAttached(this);
        }
    }

    public int compareTo(RunT a0) {
        return Integer.compare(number, a0.number);
    }

    public Result getResult() {
        return result;
    }

    public void setResult(Result a0) {
        result = Result.combine(result, a0);
    }

    public boolean isBuilding() {
        return result == null;
    }

    public List<Cause> getCauses() {
        return List.of();
    }

    public final Charset getCharset() {
        return StandardCharsets.UTF_8;
    }

    public JobT getParent() {
        return project;
    }

    public final long getTimeInMillis() {
        return timestamp;
    }

    public final long getStartTimeInMillis() {
        return timestamp;
    }

    public String getDescription() {
        return description;
    }

    public String toString() {
        return project.getFullName() + " #" + number;
    }

    public String getFullDisplayName() {
        return project.getFullDisplayName() + " " + getDisplayName();
    }

    public String getDisplayName() {
        return displayName == null ? "#" + number : displayName;
    }

    public void setDisplayName(String a0) throws IOException {
        displayName = a0;
    }

    public int getNumber() {
        return number;
    }

    public RunT getPreviousBuild() {
        return project.getBuildByNumber(number - 1);
    }

    public String getUrl() {
        return project.getUrl() + number + "/";
    }

    public String getId() {
        return Integer.toString(number);
    }

    public File getRootDir() {
        return new File(project.getBuildDir(), Integer.toString(number));
    }

    public File getArtifactsDir() {
        return new File(getRootDir(), "archive");
    }

    public ACL getACL() {
        return project.getACL();
    }

    public synchronized void save() throws IOException {}

    public void setDescription(String a0) throws IOException {
        description = a0;
    }

    public String getExternalizableId() {
        return project.getFullName() + "#" + getNumber();
    }

    public static Run<?, ?> fromExternalizableId(String a0) throws IllegalArgumentException, AccessDeniedException {
        int hash = a0.lastIndexOf('#');
        if (hash <= 0) {
            throw new IllegalArgumentException("Invalid id: " + a0);
        }
        Item item = Jenkins.get().getItemByFullName(a0.substring(0, hash));
        return item instanceof Job
                ? ((Job<?, ?>) item).getBuildByNumber(Integer.parseInt(a0.substring(hash + 1)))
                : null;
    }
}
