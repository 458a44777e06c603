package io.jenkins.plugins.nova.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A server as GET /servers/{id} shows it to an admin; or the little that is told of one whose cell does not answer
 * ({@link #known} is false then): its id, perhaps some of the rest, no state, no task and no host.
 *
 * @param id uuid
 * @param name as its owner gave it; not unique, may hold any character; empty when not told
 * @param projectId its project; empty when not told
 * @param userId who made it; may be null
 * @param status Nova's status: ACTIVE, SHUTOFF, PAUSED, SUSPENDED, VERIFY_RESIZE, MIGRATING, ERROR, …; UNKNOWN when not known
 * @param vmState OS-EXT-STS:vm_state: active, stopped, paused, suspended, resized, error, …; null only when not known
 * @param taskState OS-EXT-STS:task_state; null when nothing is under way, or when not known
 * @param powerState OS-EXT-STS:power_state: 0 none, 1 running, 3 paused, 4 shut down, 6 crashed, 7 suspended
 * @param host OS-EXT-SRV-ATTR:host, the compute service's host; null while unscheduled or shelved, or when hidden
 * @param hypervisorHostname OS-EXT-SRV-ATTR:hypervisor_hostname; may be null
 * @param availabilityZone OS-EXT-AZ:availability_zone, where it is; null when unscheduled
 * @param pinnedAvailabilityZone the zone its owner asked for (2.96); null when not pinned or not told
 * @param flavor embedded flavor (2.47)
 * @param imageId null when it boots from a volume; empty when that is not told
 * @param volumes ids of the attached volumes
 * @param configDrive whether it has a config drive
 * @param locked whether it is locked
 * @param lockedReason why (2.73); may be null
 * @param metadata its owner's metadata
 * @param tags its owner's tags (2.26)
 * @param serverGroups ids of its server groups (2.71, only when read alone); empty when not told
 * @param fault the last fault's message; null when there is none
 * @param hostStatus host_status (2.16): UP, DOWN, MAINTENANCE, UNKNOWN, or null
 * @param created when it was created; may be null
 * @param updated when Nova last changed its record; may be null
 * @param progress OS progress in percent, 0 when not told
 * @param imageProperties properties of its image (2.98); empty when not told
 */
public record Server(
        String id,
        String name,
        String projectId,
        String userId,
        String status,
        String vmState,
        String taskState,
        int powerState,
        String host,
        String hypervisorHostname,
        String availabilityZone,
        String pinnedAvailabilityZone,
        Flavor flavor,
        String imageId,
        List<String> volumes,
        boolean configDrive,
        boolean locked,
        String lockedReason,
        Map<String, String> metadata,
        List<String> tags,
        List<String> serverGroups,
        String fault,
        String hostStatus,
        Instant created,
        Instant updated,
        int progress,
        Map<String, String> imageProperties) {

    /** The status of a server of which Nova cannot tell anything. */
    public static final String UNKNOWN = "UNKNOWN";

    public Server {
        volumes = List.copyOf(volumes);
        metadata = Map.copyOf(metadata);
        tags = List.copyOf(tags);
        serverGroups = List.copyOf(serverGroups);
        imageProperties = Map.copyOf(imageProperties);
    }

    /** Whether Nova tells its state: nothing that this record says of state, task and place may be believed when not. */
    public boolean known() {
        return vmState != null;
    }

    /** The same as one of which nothing is known: it may be anywhere, and do anything. */
    public Server unknown() {
        return new Server(
                id,
                name,
                projectId,
                userId,
                UNKNOWN,
                null,
                null,
                0,
                null,
                null,
                availabilityZone,
                pinnedAvailabilityZone,
                flavor,
                imageId,
                volumes,
                configDrive,
                locked,
                lockedReason,
                metadata,
                tags,
                serverGroups,
                fault,
                hostStatus,
                created,
                updated,
                progress,
                imageProperties);
    }

    /** The same once no task is under way. */
    public Server idle() {
        return taskState == null
                ? this
                : new Server(
                        id,
                        name,
                        projectId,
                        userId,
                        status,
                        vmState,
                        null,
                        powerState,
                        host,
                        hypervisorHostname,
                        availabilityZone,
                        pinnedAvailabilityZone,
                        flavor,
                        imageId,
                        volumes,
                        configDrive,
                        locked,
                        lockedReason,
                        metadata,
                        tags,
                        serverGroups,
                        fault,
                        hostStatus,
                        created,
                        updated,
                        progress,
                        imageProperties);
    }

    /** Whether its root disk is a volume (no image); false when that is not told. */
    public boolean bootsFromVolume() {
        return imageId == null;
    }
}
