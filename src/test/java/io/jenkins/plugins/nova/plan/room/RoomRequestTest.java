package io.jenkins.plugins.nova.plan.room;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Servers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;

public class RoomRequestTest {

    private static RoomRequest request(Map<String, String> extraSpecs) {
        return RoomRequest.of(Servers.named("a")
                .flavor(new Flavor(null, "own", 4, 2048, 10, 5, 1500, extraSpecs))
                .make());
    }

    @Test
    public void aFlavorsOwnFigures() {
        RoomRequest request = request(Map.of("hw:cpu_policy", "shared", "quota:cpu_shares", "10"));
        assertEquals(
                Map.of("VCPU", 4L, "MEMORY_MB", 2048L, "DISK_GB", 17L),
                request.resources().amounts());
        assertEquals("2 GiB memory, 4 vCPUs, 17 GiB disk", request.words());
    }

    @Test
    public void aVolumeAsRootTakesNoDisk() {
        RoomRequest request = RoomRequest.of(
                Servers.named("a").fromVolume().flavor(512, 10, 0, 0).make());
        assertEquals(Map.of("VCPU", 1L, "MEMORY_MB", 512L), request.resources().amounts());
    }

    @Test
    public void extraSpecsOverrideAndAdd() {
        RoomRequest request = request(Map.of(
                "resources:VCPU", "2",
                "resources:MEMORY_MB", "0",
                "resources:CUSTOM_FPGA", "1",
                "resources_net:VGPU", "1",
                "resources:NONSENSE", "x",
                "trait:A", "required",
                "trait:B", "forbidden",
                "trait_net:C", "required",
                "trait_net:D", "forbidden"));
        assertEquals(
                Map.of("VCPU", 2L, "CUSTOM_FPGA", 1L, "VGPU", 1L, "DISK_GB", 17L),
                request.resources().amounts());
        assertEquals(Set.of("A", "!B", "C"), request.traits());
        assertEquals("2 vCPUs, 17 GiB disk, 1 CUSTOM_FPGA, 1 VGPU, not trait B, trait A, trait C", request.words());
    }

    @Test
    public void dedicatedCpusAreAskedForWhereThereAreAny() {
        RoomRequest dedicated = request(Map.of("hw:cpu_policy", "dedicated", "hw:emulator_threads_policy", "isolate"));
        assertEquals(5L, (long) dedicated.resources().amounts().get("PCPU"));
        assertEquals(null, dedicated.resources().amounts().get("VCPU"));
        RoomFigures some = figures(Map.of("PCPU", 0L));
        assertSame(dedicated, some.asked(dedicated));
        RoomFigures none = figures(Map.of("VCPU", 0L));
        assertEquals(
                Map.of("VCPU", 5L, "MEMORY_MB", 2048L, "DISK_GB", 17L),
                none.asked(dedicated).resources().amounts());
    }

    private static RoomFigures figures(Map<String, Long> free) {
        return new RoomFigures(
                RoomFigures.Source.PLACEMENT,
                "",
                List.of(new HostRoom("id", "compute2", free, Set.of())),
                Map.of(),
                Map.of());
    }

    @Test
    public void mixedCpusAreCountedByTheirMask() {
        RoomRequest mixed = request(Map.of("hw:cpu_policy", "mixed", "hw:cpu_dedicated_mask", "0-3,^1"));
        assertEquals(3L, (long) mixed.resources().amounts().get("PCPU"));
        assertEquals(1L, (long) mixed.resources().amounts().get("VCPU"));
        RoomRequest unreadable = request(Map.of("hw:cpu_policy", "mixed", "hw:cpu_dedicated_mask", "two"));
        assertEquals(
                Map.of("MEMORY_MB", 2048L, "DISK_GB", 17L),
                unreadable.resources().amounts());
    }
}
