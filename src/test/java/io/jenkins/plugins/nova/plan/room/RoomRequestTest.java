package io.jenkins.plugins.nova.plan.room;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import io.jenkins.plugins.nova.api.Flavor;
import io.jenkins.plugins.nova.api.Servers;
import java.util.HashMap;
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

    @Test
    public void traitsOfTheImageAreAskedForLikeThoseOfTheFlavor() {
        RoomRequest request = RoomRequest.of(Servers.named("a")
                .imageProperty("trait:HW_CPU_X86_AVX2", "required")
                .imageProperty("trait:CUSTOM_OLD", "forbidden")
                .imageProperty("trait:CUSTOM_ODD", "perhaps")
                .imageProperty("hw_machine_type", "required")
                .make());
        assertEquals(Set.of("HW_CPU_X86_AVX2", "!CUSTOM_OLD"), request.traits());
    }

    /** All CPUs are its own or shared; the emulator's comes on top; a mask that names none, or more than there are, says nothing. */
    @Test
    public void ofMixedCpusThoseOfTheMaskAreItsOwnAndTheRestIsShared() {
        record Row(String mask, Map<String, Long> cpus) {}
        for (Row row : List.of(
                new Row("0", Map.of("PCPU", 2L, "VCPU", 3L)),
                new Row("0-2", Map.of("PCPU", 4L, "VCPU", 1L)),
                new Row("0-3", Map.of("PCPU", 5L)),
                new Row("1-1", Map.of("PCPU", 2L, "VCPU", 3L)),
                new Row("0-3,^0-2", Map.of("PCPU", 2L, "VCPU", 3L)),
                new Row("0-4", Map.of()),
                new Row("^0", Map.of()),
                new Row("", Map.of()))) {
            Map<String, Long> amounts = new HashMap<>(request(Map.of(
                            "hw:cpu_policy", "mixed",
                            "hw:emulator_threads_policy", "isolate",
                            "hw:cpu_dedicated_mask", row.mask()))
                    .resources()
                    .amounts());
            amounts.keySet().retainAll(Set.of("PCPU", "VCPU"));
            assertEquals(row.mask(), row.cpus(), amounts);
        }
    }

    @Test
    public void amountsAreInTheWordsOfOneOrMany() {
        record Row(String resource, long amount, String words) {}
        for (Row row : List.of(
                new Row("PCPU", 1, "1 dedicated CPU"),
                new Row("PCPU", 2, "2 dedicated CPUs"),
                new Row("VCPU", 1, "1 vCPU"),
                new Row("VCPU", 0, "0 vCPUs"),
                new Row("MEMORY_MB", 1023, "1023 MiB memory"),
                new Row("MEMORY_MB", 1024, "1 GiB memory"),
                new Row("MEMORY_MB", 1536, "1.5 GiB memory"),
                new Row("DISK_GB", 1, "1 GiB disk"),
                new Row("VGPU", 1, "1 VGPU"))) {
            assertEquals(row.words(), Amount.words(row.resource(), row.amount()));
        }
    }
}
