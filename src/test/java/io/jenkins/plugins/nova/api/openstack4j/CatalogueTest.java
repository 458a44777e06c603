package io.jenkins.plugins.nova.api.openstack4j;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.Resources;
import io.jenkins.plugins.nova.api.openstack4j.FakeCloud.Reply;
import io.jenkins.plugins.nova.api.openstack4j.identity.CloudEndpoint;
import io.jenkins.plugins.nova.api.openstack4j.identity.Facing;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;

/** Which endpoint of the catalogue is used. */
public class CatalogueTest {

    private static final String TWO_REGIONS = """
            [{"type": "identity", "name": "keystone", "endpoints": [
               {"interface": "public", "region_id": "Elsewhere", "region": "Elsewhere", "url": "%1$s/v3"}]},
             {"type": "compute", "name": "nova", "endpoints": [
               {"interface": "public", "region_id": "South", "region": "South", "url": "%1$s/south/v2.1"},
               {"interface": "internal", "region_id": "North", "region": "North", "url": "%1$s/north-internal/v2.1/"},
               {"interface": "public", "region_id": "North", "region": "North", "url": "%1$s/north/v2.1/p1"}]}]""";

    private FakeCloud cloud;

    @Before
    public void start() throws Exception {
        cloud = new FakeCloud("a");
        String version = "{\"version\": {\"id\": \"v2.1\", \"version\": \"2.93\", \"min_version\": \"2.1\"}}";
        for (String root : List.of("/south/v2.1", "/north/v2.1", "/north-internal/v2.1", "/v2.1")) {
            cloud.on("GET", root + "/", Reply.json(200, version))
                    .on("GET", root + "/os-aggregates", Reply.json(200, "{\"aggregates\": []}"))
                    .on("GET", root + "/p1/os-aggregates", Reply.json(200, "{\"aggregates\": []}"));
        }
        cloud.catalogue = TWO_REGIONS;
    }

    @After
    public void stop() {
        cloud.close();
    }

    private String lastPath() {
        return cloud.seen.get(cloud.seen.size() - 1).uri();
    }

    @Test
    public void regionAndInterfaceChoose() {
        cloud.connect("South", Facing.PUBLIC).aggregates();
        assertEquals("/south/v2.1/os-aggregates", lastPath());
        cloud.connect("North", Facing.INTERNAL).aggregates();
        assertEquals("/north-internal/v2.1/os-aggregates", lastPath());
    }

    @Test
    public void aUrlWithTheProjectsIdIsTakenAsItIsAndVersionsAskedAtItsRoot() {
        OpenStackNova nova = cloud.connect("North", Facing.PUBLIC);
        nova.microversions();
        assertEquals("/north/v2.1/", lastPath());
        nova.aggregates();
        assertEquals("/north/v2.1/p1/os-aggregates", lastPath());
    }

    @Test
    public void aUrlWithoutAVersionGetsOne() {
        cloud.catalogue = """
                [{"type": "compute", "name": "nova", "endpoints": [
                  {"interface": "public", "region_id": "R", "region": "R", "url": "%1$s"}]}]""";
        cloud.connect().aggregates();
        assertEquals("/v2.1/os-aggregates", lastPath());
    }

    @Test
    public void aUrlThatCannotBeCalledIsToldAsTheCatalogues() {
        for (String odd : List.of("http://my_cloud:8774/v2.1", "ftp://nova/v2.1", "http://nova/^/v2.1")) {
            cloud.catalogue = """
                    [{"type": "compute", "name": "nova", "endpoints": [
                      {"interface": "public", "region_id": "R", "region": "R", "url": "%s"}]}]""".formatted(odd);
            NovaException.Unintelligible e = assertThrows(
                    odd,
                    NovaException.Unintelligible.class,
                    () -> cloud.connect().aggregates());
            assertTrue(e.getMessage(), e.getMessage().startsWith("the catalogue's endpoint '"));
        }
    }

    @Test
    public void anOlderCatalogueNamesTheRegionOnly() {
        cloud.catalogue = """
                [{"type": "compute", "name": "nova", "endpoints": [
                  {"interface": "public", "region": "R", "url": "%1$s/v2.1"}]}]""";
        assertEquals("R", cloud.connect().identity().region());
    }

    @Test
    public void severalRegionsMustBeChosenFrom() {
        missing(
                "the cloud at " + cloud.url() + "/v3 has several regions, name one: North, South",
                () -> cloud.connect().identity());
    }

    @Test
    public void anUnknownRegionIsToldWithThoseThereAre() {
        missing(
                "the cloud at " + cloud.url()
                        + "/v3 has no region 'south' with a compute service; it has: North, South",
                () -> cloud.connect("south", Facing.PUBLIC).identity());
    }

    @Test
    public void aMissingInterfaceIsToldWithThoseThereAre() {
        missing(
                "the compute service of region 'South' has no admin endpoint; it has: public",
                () -> cloud.connect("South", Facing.ADMIN).aggregates());
    }

    @Test
    public void placementMayBeMissing() {
        missing(
                "region 'South' of the cloud at " + cloud.url() + "/v3 has no placement service",
                () -> cloud.connect("South", Facing.PUBLIC).allocationCandidates(new Resources(1, 64, 0), Set.of()));
    }

    @Test
    public void aCloudWithoutComputeSaysSo() {
        cloud.catalogue = "[]";
        missing(
                "the catalogue of " + cloud.url() + "/v3 has no compute service",
                () -> cloud.connect().identity());
    }

    @Test
    public void anIdentityUrlMustBeAPlainUrlAndIsShownWithoutItsUser() {
        for (String odd : List.of("keystone:5000", "ftp://keystone/v3", "http://admin:hunter2@keystone/v3", "/v3")) {
            IllegalArgumentException e = assertThrows(
                    odd, IllegalArgumentException.class, () -> new CloudEndpoint(URI.create(odd), null, Facing.PUBLIC));
            assertEquals(e.getMessage(), false, e.getMessage().contains("hunter2"));
        }
    }

    private static void missing(String message, ThrowingRunnable call) {
        assertEquals(message, assertThrows(NovaException.Missing.class, call).getMessage());
    }
}
