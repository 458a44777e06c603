package io.jenkins.plugins.nova.contract;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.AllocationCandidates;
import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Hypervisor;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Resources;
import java.util.Map;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;

/** What Placement and the hypervisors tell of the room on hosts. */
public class RoomContractTest {

    /** What is asked to learn what is free: every host that is not full has so much. */
    private static final Resources LITTLE = Resources.of(Map.of("MEMORY_MB", 1L));

    @Rule
    public final CloudUnderTest cloud = CloudUnderTest.chosen();

    private Hypervisor hypervisor() {
        return cloud.admin().hypervisors().stream()
                .filter(one -> one.host().equals(cloud.host(1)))
                .findFirst()
                .orElseThrow();
    }

    private AllocationCandidates.Summary summary() {
        return cloud.admin()
                .allocationCandidates(LITTLE, Set.of())
                .summaries()
                .get(hypervisor().id());
    }

    @Test
    public void aHypervisorsIdIsItsRootProvidersAndAllOfItsClassesAreTold() {
        AllocationCandidates.Summary summary = summary();
        assertEquals(hypervisor().id(), summary.root());
        assertTrue(summary.capacity().keySet().containsAll(Set.of("VCPU", "MEMORY_MB", "DISK_GB")));
        long built = hypervisor().memoryMiB();
        assertFalse(
                "the reserve and the allocation ratio are counted in",
                summary.capacity().get("MEMORY_MB") == built);
    }

    @Test
    public void aServerIsCountedAsUsedRunningOrNot() {
        AllocationCandidates.Summary before = summary();
        int ran = hypervisor().runningVms();
        cloud.boot(
                Boot.named("one").on(cloud.host(1)),
                Boot.named("two").on(cloud.host(1)).in(Boot.State.SHUTOFF));
        AllocationCandidates.Summary after = summary();
        Flavor flavor = cloud.admin().flavor(cloud.flavorId());
        assertEquals(2 * flavor.ramMiB(), used(after, "MEMORY_MB") - used(before, "MEMORY_MB"));
        assertEquals(2L * flavor.vcpus(), used(after, "VCPU") - used(before, "VCPU"));
        assertEquals(2 * flavor.diskGiB(), used(after, "DISK_GB") - used(before, "DISK_GB"));
        assertEquals(before.capacity(), after.capacity());
        cloud.await("running_vms counts both", this::hypervisor, now -> now.runningVms() == ran + 2);
    }

    private static long used(AllocationCandidates.Summary summary, String resourceClass) {
        return summary.used().get(resourceClass);
    }

    /** max_unit is what is built in, whatever the allocation ratio. */
    @Test
    public void oneServerMayNotHaveMoreThanIsBuiltIn() {
        long most = cloud.admin().hypervisors().stream()
                .mapToLong(Hypervisor::memoryMiB)
                .max()
                .orElseThrow();
        assertEquals(
                Set.of(),
                Set.copyOf(cloud.admin()
                        .allocationCandidates(Resources.of(Map.of("MEMORY_MB", most + 1)), Set.of())
                        .providerIds()));
    }

    @Test
    public void aCordonedHostsProviderIsMarkedAndKeepsItsFigures() {
        cloud.admin().disableService(cloud.service(cloud.host(1)).id(), "contract");
        AllocationCandidates.Summary marked = cloud.await(
                "its provider is marked", this::summary, now -> now.traits().contains("COMPUTE_STATUS_DISABLED"));
        assertTrue(marked.capacity().get("MEMORY_MB") > 0);
        cloud.admin().enableService(cloud.service(cloud.host(1)).id());
        cloud.await("the mark goes", this::summary, now -> !now.traits().contains("COMPUTE_STATUS_DISABLED"));
    }

    @Test
    public void whatNoHostHasIsNotOfferedAndWhatNobodyKnowsIsRefused() {
        assertEquals(
                0,
                cloud.admin()
                        .allocationCandidates(Resources.of(Map.of("PCPU", 1L, "MEMORY_MB", 1L)), Set.of())
                        .providerIds()
                        .size());
        refused("No such trait(s): CUSTOM_NONE_SUCH.", LITTLE, Set.of("CUSTOM_NONE_SUCH"));
        refused(
                "Invalid resource class in resources parameter: No such resource class CUSTOM_NONE_SUCH.",
                Resources.of(Map.of("CUSTOM_NONE_SUCH", 1L)),
                Set.of());
    }

    private void refused(String words, Resources resources, Set<String> traits) {
        NovaException.Refused refused =
                assertThrows(NovaException.Refused.class, () -> cloud.admin().allocationCandidates(resources, traits));
        assertEquals(400, refused.status());
        assertTrue(refused.novaMessage(), refused.novaMessage().contains(words));
    }
}
