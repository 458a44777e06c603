package io.jenkins.plugins.nova.diagnosis;

import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Messages as Nova, libvirt and ssh word them, each with the finding that it must be given, or none. */
@RunWith(Parameterized.class)
public class NovaMessagesTest {

    private static final String X = "5f0c9a3e-2d1b-4c7e-8a65-1f2e3d4c5b6a";
    private static final String NONE = "none";

    private final String message;
    private final String id;

    public NovaMessagesTest(String message, String id) {
        this.message = message;
        this.id = id;
    }

    @Parameters(name = "{1}: {0}")
    public static List<Object[]> messages() {
        List<Object[]> rows = new ArrayList<>();
        // states
        for (String state :
                List.of("suspended", "stopped", "rescued", "resized", "error", "shelved", "building", "deleted")) {
            row(rows, live("vm_state " + state), "state-" + state);
        }
        row(rows, live("vm_state shelved_offloaded"), "state-shelved");
        row(rows, live("vm_state soft-delete"), "state-deleted");
        row(rows, "Cannot 'migrate' instance " + X + " while it is in vm_state paused", "state-paused");
        row(rows, "Cannot 'migrate' instance " + X + " while it is in vm_state error", "state-error");
        row(rows, live("task_state migrating"), "task-under-way");
        row(rows, "Cannot 'migrate' instance " + X + " while it is in task_state resize_prep", "task-under-way");
        row(rows, "Cannot 'evacuate' instance " + X + " while it is in vm_state suspended", "evacuate-state");
        row(rows, "Cannot 'confirmResize' instance " + X + " while it is in vm_state active", "settle-state");
        row(rows, "Cannot 'revertResize' instance " + X + " while it is in vm_state stopped", "settle-state");
        row(rows, "Instance " + X + " is in an invalid state for 'force_complete'", "not-migrating");
        row(rows, "Instance has not been resized.", "not-resized");
        row(rows, "Instance " + X + " is locked", "locked");
        // hosts
        row(rows, "Service is unavailable at this time.", "source-service-down");
        row(rows, "Compute service of compute1 is unavailable at this time.", "compute-service-down");
        row(rows, "Compute service of compute1 is still in use.", "evacuate-host-up");
        row(
                rows,
                "Unable to force up host H as `done` evacuation migration records remain associated with the host.",
                "force-up-done-records");
        row(rows, "Unable to delete compute service that has in-progress migrations.", "service-delete-migrations");
        row(rows, "Compute host nosuch could not be found.", "host-unknown");
        row(rows, "Compute host nosuch not found.", "host-unknown");
        row(rows, "Host 'nosuch' is not mapped to any cell", "host-unmapped");
        row(rows, "Cannot migrate to the host where the server exists.", "same-host");
        row(rows, "The target host can't be the same one.", "same-host");
        row(rows, "Unable to migrate instance (" + X + ") to current host (compute1).", "same-host");
        // scheduling
        row(rows, "No valid host was found.", "no-valid-host");
        row(rows, "No valid host was found. ", "no-valid-host");
        row(rows, "No valid host was found. There are not enough hosts available.", "no-valid-host");
        row(rows, "No valid host was found. No valid host found for cold migrate", "no-valid-host");
        row(rows, "No valid host was found. Unable to replace instance claim on source", "source-claim");
        row(rows, "Exceeded max scheduling retries 3 for instance " + X + " during live migration", "live-retries");
        row(rows, "anti-affinity instance group policy was violated", "anti-affinity");
        row(
                rows,
                precheck("Failed to validate instance group policy due to: Build of instance " + X
                        + " was re-scheduled: Anti-affinity instance group policy was violated"),
                "anti-affinity");
        row(rows, "Affinity instance group policy was violated", "affinity");
        // pre-checks of a live migration
        row(rows, precheck("Unacceptable CPU info: CPU doesn't have compatibility."), "cpu-incompatible");
        row(
                rows,
                "compute1 is not on shared storage: Shared storage live-migration requires either shared storage or"
                        + " boot-from-volume with no local disks.",
                "not-shared-storage");
        row(
                rows,
                "compute1 is not on local storage: Block migration can not be used with shared storage.",
                "not-local-storage");
        row(
                rows,
                precheck("This request does not explicitly request live-migratable devices."),
                "pci-not-live-migratable");
        row(rows, "Operation 'live-migration' not supported for vTPM-enabled instance (" + X + ").", "vtpm");
        row(rows, "Operation 'evacuate' not supported for vTPM-enabled instance (" + X + ").", "vtpm");
        row(rows, "Operation 'live-migration' not supported for SEV-enabled instance (" + X + ").", "sev");
        row(rows, "Source mdev types ['nvidia-474'] are not supported by this compute : ['nvidia-475'] ", "mdev-types");
        row(rows, "Feature not supported with instances that have shares.", "shares");
        row(rows, "Disk of instance is too large(available on destination host:1 < need:2)", "disk-too-large");
        row(
                rows,
                precheck("Unable to migrate " + X + " to compute2: Lack of memory(host:512 <= instance:1024)"),
                "memory-lacking");
        row(
                rows,
                precheck("('Connection aborted.', RemoteDisconnected('Remote end closed connection without"
                        + " response'))"),
                "api-connection-lost");
        // between the hosts
        row(rows, ssh("Permission denied (publickey)."), "ssh-key");
        row(rows, ssh("Host key verification failed."), "ssh-host-key");
        row(rows, ssh("Permission denied (publickey,password).").substring(0, 240), "ssh-failed");
        row(rows, ssh("ssh: connect to host compute2 port 22: Connection refused"), "ssh-failed");
        row(
                rows,
                "Failed to connect to remote libvirt URI qemu+ssh://compute2/system: Cannot recv data: Host key"
                        + " verification failed.",
                "libvirt-ssh-host-key");
        row(
                rows,
                "internal error: unable to connect to server at 'compute2:49152': No route to host",
                "libvirt-unreachable");
        row(rows, "The supplied disk path (/a/b) already exists, it is expected not to exist.", "disk-path-exists");
        row(
                rows,
                "Timed out waiting for events: [('network-vif-plugged', '" + X + "')]. If these timeouts",
                "vif-plugged-timeout");
        row(rows, "Live migration not completed after 1600 sec", "completion-timeout");
        row(rows, "Migration is not supported for LVM backed instances", "lvm");
        row(rows, "libvirtError: Node device not found: no node device with matching name 'pci_0'", "node-device");
        // the rest of Nova's words
        row(
                rows,
                "Starting with microversion 2.95, evacuate API will stop instance on destination. To evacuate",
                "evacuate-2-95");
        row(rows, migration("queued", "abort live migration"), "abort-waiting");
        row(rows, migration("running (post-copy)", "abort live migration"), "post-copy");
        row(rows, migration("preparing", "force complete"), "force-complete-early");
        row(rows, "In-progress live migration 3 is not found for server " + X + ".", "migration-over");
        row(
                rows,
                "Instance " + X + " has been moved to another host H(H). There are allocations remaining against the"
                        + " source host",
                "moved-allocations-left");
        row(
                rows,
                "Failed to clean allocation of evacuated instance on the source node " + X,
                "evacuated-allocation-left");
        row(rows, "Policy doesn't allow os_compute_api:os-migrate-server:migrate to be performed.", "policy");
        row(rows, "Version 2.104 is not supported by the API. Minimum is 2.1 and maximum is 2.93.", "microversion");
        // when Nova tells nothing
        row(rows, "live-migration failed", "live-failed");
        row(rows, "live-migration error", "live-error");
        row(rows, "live-migration cancelled", "live-cancelled");
        row(rows, "migration error", "cold-failed");
        row(rows, "evacuation failed", "evacuation-failed");

        // what nobody has explained yet
        row(rows, "told to fail live of web1", NONE);
        row(rows, "Error", NONE);
        row(rows, "libvirtError: told to fail", NONE);
        row(rows, live("vm_state initialized"), NONE);
        row(rows, "Instance " + X + " could not be found.", NONE);
        row(rows, "Unsupported Content-Type", NONE);
        row(rows, "Malformed request body", NONE);
        row(rows, "No valid host was found. Unable to move instance " + X + " to host compute2.", NONE);
        row(rows, "Block device mapping is locked", NONE);
        row(rows, "Permission denied: '/var/lib/nova/instances'", NONE);
        row(rows, "Service is temporarily unavailable", NONE);
        row(rows, "The live-migration failed", NONE);
        return rows;
    }

    @Test
    public void findsItsEntry() {
        assertEquals(
                message, id, Diagnosis.standard().of(message).map(Finding::id).orElse(NONE));
    }

    private static void row(List<Object[]> rows, String message, String id) {
        rows.add(new Object[] {message, id});
    }

    private static String live(String state) {
        return "Cannot 'os-migrateLive' instance " + X + " while it is in " + state;
    }

    private static String precheck(String reason) {
        return "Migration pre-check error: " + reason;
    }

    private static String ssh(String stderr) {
        return "Resize error: not able to execute ssh command: Unexpected error while running command.\n"
                + "Command: ssh -o BatchMode=yes compute2.example.org mkdir -p /var/lib/nova/instances/" + X
                + "\nExit code: 255\nStdout: ''\nStderr: '" + stderr + "\\r\\n'";
    }

    private static String migration(String status, String what) {
        return "Migration 3 state of instance " + X + " is " + status + ". Cannot " + what
                + " while the migration is in this state.";
    }
}
