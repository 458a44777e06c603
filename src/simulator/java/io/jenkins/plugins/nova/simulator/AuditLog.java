package io.jenkins.plugins.nova.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Every request the cloud has received, in order. Safe to read while the cloud works. */
public final class AuditLog {
    private final List<AuditEntry> entries = new ArrayList<>();

    AuditLog() {}

    synchronized void add(AuditEntry entry) {
        entries.add(entry);
    }

    synchronized long nextNumber() {
        return entries.size() + 1L;
    }

    /** All of them. */
    public synchronized List<AuditEntry> entries() {
        return List.copyOf(entries);
    }

    /** Those behind the first {@code count}: what happened since. */
    public List<AuditEntry> since(int count) {
        List<AuditEntry> all = entries();
        return all.subList(Math.min(count, all.size()), all.size());
    }

    /** Those that fit. */
    public List<AuditEntry> where(Predicate<AuditEntry> wanted) {
        return entries().stream().filter(wanted).toList();
    }

    /** Those of a method whose path holds a match of the regular expression. */
    public List<AuditEntry> of(String method, String pathRegexp) {
        Pattern path = Pattern.compile(pathRegexp);
        return where(e -> e.method().equals(method) && path.matcher(e.path()).find());
    }

    /** Everything that asked for a change in Nova: any method but GET. */
    public List<AuditEntry> changes() {
        return where(e -> e.service().equals("compute") && !e.method().equals("GET"));
    }

    /** The POSTs of an action, such as os-migrateLive, on any server. */
    public List<AuditEntry> actions(String action) {
        return where(e -> action.equals(e.action()));
    }

    /** The actions posted for one server, in order, such as [migrate, confirmResize]. */
    public List<String> actionsOf(String serverId) {
        return where(e -> e.action() != null && e.path().startsWith("/servers/" + serverId + "/")).stream()
                .map(AuditEntry::action)
                .toList();
    }
}
