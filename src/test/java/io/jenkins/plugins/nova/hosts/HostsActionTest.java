package io.jenkins.plugins.nova.hosts;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import hudson.model.Item;
import hudson.model.Result;
import hudson.security.Permission;
import io.jenkins.plugins.nova.cloud.CloudFixture;
import io.jenkins.plugins.nova.cloud.CloudSessions;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.hosts.SomeController.SomeRun;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import io.jenkins.plugins.nova.step.controller.BuildsAtWork;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.kohsuke.stapler.export.Exported;
import org.springframework.security.access.AccessDeniedException;

/** The pages "OpenStack hosts": who may see them, and what they tell whom. */
public class HostsActionTest {

    private static final String HERE = "https://jenkins.example.org/";
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Set<Permission> SEEN = Set.of(Item.READ);

    @Rule
    public final SomeController controller = new SomeController();

    private final CloudFixture clouds = CloudFixture.begin();
    private SimulatedCloud cloud;
    private final HostsAction page = new HostsAction(new HostReadings(
            Clock.systemUTC(),
            Runnable::run,
            asked -> new HostReader(CloudSessions.openAsJenkins(asked), Clock.systemUTC(), Holder::of).read()));

    @Before
    public void begin() {
        cloud = SimulatedCloud.builder()
                .user("operator", "secret", "ops", "admin")
                .user("guest", "secret", "ops", "member")
                .startingAt(Instant.now())
                .host("compute2", host -> host.zone("east").disabled("memory errors"))
                .server("web1", server -> server.resizedFrom("compute1"))
                .server("db1", server -> server.resizedByOwnerFrom("compute3"))
                .host(
                        "compute3",
                        host -> host.disabled("nova-maintenance: ops/drain#12").down())
                .host("compute1")
                .server("web2")
                .server("off1", server -> server.status("SHUTOFF"))
                .aggregate("rack7", null, Map.of(), "compute1", "compute2")
                .start();
        clouds.credential(CloudFixture.password("openstack", "operator", "secret", "ops"))
                .credential(CloudFixture.password("guest", "guest", "secret", "ops"))
                .cloud("lab", cloud.identityUrl(), "RegionOne", "openstack");
    }

    @After
    public void end() {
        clouds.close();
        assertTrue("the page changes nothing", cloud.audit().changes().isEmpty());
        cloud.close();
    }

    @Test
    public void noOtherPermissionIsEnough() {
        HostsOfCloud opened = page.getCloud("lab");
        int asked = cloud.audit().entries().size();
        Set<Permission> others = new HashSet<>(Set.of(
                Jenkins.READ,
                Jenkins.MANAGE,
                Jenkins.SYSTEM_READ,
                Item.READ,
                Item.BUILD,
                Item.CONFIGURE,
                Item.EXTENDED_READ));
        controller.permissions = others;
        clouds.cloud("other", cloud.identityUrl(), "RegionOne", "openstack");

        assertNull("no link", page.getIconFileName());
        assertThrows(AccessDeniedException.class, page::getTarget);
        assertThrows(AccessDeniedException.class, () -> page.getCloud("lab"));
        assertThrows(AccessDeniedException.class, () -> page.getCloud("other"));
        assertThrows("the JSON and the fragment, too", AccessDeniedException.class, opened::getTarget);
        assertEquals(
                "and the cloud is not asked", asked, cloud.audit().entries().size());

        controller.permissions = Set.of(HostsAction.VIEW_HOSTS);
        assertNotNull(page.getIconFileName());
        assertSame(page, page.getTarget());
        HostsOfCloud again = page.getCloud("lab");
        assertSame(again, again.getTarget());
    }

    @Test
    public void thePermissionIsOfItsOwnAndGivenByAdministerAlone() {
        assertSame(Jenkins.ADMINISTER, HostsAction.VIEW_HOSTS.impliedBy);
        assertEquals(HostsAction.class.getName() + ".ViewHosts", HostsAction.VIEW_HOSTS.getId());
        assertEquals("Nova Maintenance", HostsAction.PERMISSIONS.title.toString());
    }

    @Test
    public void thereIsNoLinkWhereNoCloudIsConfigured() {
        clouds.close();
        assertNull(page.getIconFileName());
        assertNull(page.getCloud("lab"));
        assertTrue(page.getFragment(), page.getFragment().contains("No cloud is configured"));
    }

    @Test
    public void hostsAreToldByZoneWithWhatTheyAre() {
        Map<String, HostRow> hosts = hosts();
        assertEquals(
                List.of("compute2", "compute1", "compute3"),
                page.getCloud("lab").getHosts().stream().map(HostRow::host).toList());
        HostRow open = hosts.get("compute1");
        assertEquals("up", open.state());
        assertEquals("enabled", open.status());
        assertEquals(List.of("rack7"), open.aggregates());
        assertEquals(2, open.servers());
        assertEquals(Map.of("ACTIVE", 1, "SHUTOFF", 1), open.statuses());
        assertNull(open.closedByKind());
        HostRow down = hosts.get("compute3");
        assertEquals("down", down.state());
        assertEquals("disabled", down.status());
        assertNotNull(down.lastReportText());
        assertEquals("east", hosts.get("compute2").zone());
        String shown = page.getCloud("lab").getFragment();
        assertTrue(shown, shown.contains("3 hosts: 2 disabled, 1 down; 4 servers, 2 in VERIFY_RESIZE."));
        assertTrue(shown, shown.contains("Read <span id=\"nova-hosts-age\">0 s</span> ago"));
    }

    /** docs/operations.md: what it asks is what the step hosts asks, whose rules are in docs/security.md. */
    @Test
    public void itAsksWhatTheStepHostsAsks() {
        page.getCloud("lab");
        Set<String> asked = cloud.audit().entries().stream()
                .filter(entry -> entry.service().equals("compute"))
                .map(entry -> entry.method() + " " + entry.path())
                .collect(Collectors.toCollection(TreeSet::new));
        asked.remove("GET /");
        assertEquals(
                Set.of(
                        "GET /os-aggregates",
                        "GET /os-migrations",
                        "GET /os-services",
                        "GET /servers",
                        "GET /servers/detail"),
                asked);
    }

    @Test
    public void whatWaitsIsToldWithItsHostsAndSinceWhen() {
        cloud.addHost("compute4", host -> {});
        cloud.act("operator", "web2", "{'migrate':null}");
        cloud.settle(Duration.ofHours(1));
        Map<String, WaitingServer> waiting = page.getCloud("lab").getWaiting().stream()
                .collect(Collectors.toMap(WaitingServer::name, Function.identity()));
        assertEquals(Set.of("web1", "db1", "web2"), waiting.keySet());
        assertEquals("compute1", waiting.get("web1").source());
        assertEquals("compute2", waiting.get("web1").host());
        assertNull("not told by Nova: not said", waiting.get("web1").sinceText());
        assertEquals("compute1", waiting.get("web2").source());
        Instant since = Instant.parse(waiting.get("web2").sinceText());
        assertTrue(
                since.toString(), Duration.between(since, Instant.now()).abs().compareTo(Duration.ofMinutes(10)) < 0);
        assertEquals(
                "those of which it is known first",
                "web2",
                page.getCloud("lab").getWaiting().get(0).name());
        assertFalse(waiting.get("web1").ownersResize());
        assertTrue(waiting.get("db1").ownersResize());
    }

    @Test
    public void aReasonThatIsNotOursIsAPersons() {
        HostRow words = hosts().get("compute2");
        assertEquals("person", words.closedByKind());
        assertEquals("memory errors", words.closedFor());
        assertNull("Nova does not tell since when", words.closedSinceText());
        assertTrue(page.getCloud("lab").getFragment().contains("a person: <bdi>memory errors</bdi>"));
        assertEquals("person", row(null).closedByKind());
        HostRow itself = row("AUTO: Connection to libvirt lost: 1");
        assertEquals("nova-compute", itself.closedByKind());
    }

    @Test
    public void aBuildIsToldToThoseWhoMaySeeItsJob() {
        String reason = claim("ops/drain#12", "11111111", HERE);
        assertEquals(
                "not there any more: who may see it cannot be asked",
                Claim.UNSEEN,
                row(reason).closedBy());

        SomeRun build = controller.job("ops/drain", SEEN).build(12);
        BuildsAtWork.get().add("11111111-0000-0000-0000-000000000000", build);
        HostRow seen = row(reason);
        assertEquals("ops/drain#12", seen.closedBy());
        assertEquals(build.getUrl(), seen.closedByUrl());
        assertEquals(true, seen.closedByRunning());
        assertEquals(SINCE.toString(), seen.closedSinceText());
        assertEquals("CHG-1", seen.closedFor());
        assertEquals(reason, seen.reason());
        build.setResult(Result.SUCCESS);
        assertEquals(false, row(reason).closedByRunning());

        controller.jobs.clear();
        SomeRun moved = controller.job("archive", SEEN).build(12);
        BuildsAtWork.get().add("11111111-0000-0000-0000-000000000000", moved);
        assertEquals("as it is called now", "archive#12", row(reason).closedBy());
        assertEquals(moved.getUrl(), row(reason).closedByUrl());

        controller.jobs.clear();
        BuildsAtWork.get()
                .add(
                        "11111111-0000-0000-0000-000000000000",
                        controller.job("ops/drain", Set.of(Item.BUILD)).build(12));
        HostRow unseen = row(reason);
        assertEquals(Claim.UNSEEN, unseen.closedBy());
        assertNull(unseen.closedByUrl());
        assertNull(unseen.closedByRunning());
        assertEquals("what it is for was said for all", "CHG-1", unseen.closedFor());
        assertFalse(unseen.toString(), unseen.toString().contains("ops/drain"));

        controller.permissions = Set.of(HostsAction.VIEW_HOSTS, Jenkins.ADMINISTER);
        assertEquals("ops/drain#12", row(reason).closedBy());
    }

    @Test
    public void aBuildOfAnotherControllerIsNamedWithoutALink() {
        controller.job("ops/drain", Set.of()).build(12);
        HostRow row = row(claim("ops/drain#12", "22222222", "https://other.example.org/"));
        assertEquals("ops/drain#12", row.closedBy());
        assertNull(row.closedByUrl());
    }

    @Test
    public void anotherBuildThatHasTheNameNowIsNotLinkedTo() {
        controller.job("ops/drain", SEEN).build(12);
        HostRow row = row(claim("ops/drain#12", "33333333", HERE));
        assertEquals("ops/drain#12", row.closedBy());
        assertNull(row.closedByUrl());
        assertNull(row.closedByRunning());
    }

    @Test
    public void aFailureIsToldToThoseWhoMaySeeTheBuild() {
        String reason = "nova-maintenance: ops/drain#12 for: CHG-1 failed: the job hidden/reboot failed";
        assertFalse(row(reason).toString().contains("hidden"));
        controller.job("ops/drain", SEEN).build(12);
        assertEquals("the job hidden/reboot failed", row(reason).failure());
        assertEquals("CHG-1", row(reason).closedFor());
    }

    @Test
    public void jobsWithAHostAreOfferedToThoseWhoMayBuildThem() {
        Set<Permission> both = Set.of(Item.READ, Item.BUILD);
        controller.job("a maintain", both, "HOST", "CLOUD");
        controller.job("lower", both, "when", "host");
        controller.job("seen only", SEEN, "HOST");
        controller.job("hidden", Set.of(Item.BUILD), "HOST");
        controller.job("without", both, "SERVER");
        controller.job("no parameters", both);
        controller.job("disabled", both, "HOST").buildable = false;
        List<MaintenanceJob> jobs = page.getCloud("lab").getJobs();
        assertEquals(
                List.of("a maintain", "lower"),
                jobs.stream().map(MaintenanceJob::name).toList());
        assertEquals("job/a%20maintain/build?delay=0sec", jobs.get(0).form("lab", "compute1"));
        assertTrue(page.getCloud("lab").getFragment().contains("href=\"../../../job/lower/build?delay=0sec\""));

        controller.prefills = true;
        jobs = page.getCloud("lab").getJobs();
        assertEquals(
                "job/a%20maintain/parambuild/?HOST=compute1%26x&CLOUD=my%20lab",
                jobs.get(0).form("my lab", "compute1&x"));
        assertTrue(
                page.getCloud("lab").getFragment().contains("href=\"../../../job/lower/parambuild/?host=compute1\""));
    }

    @Test
    public void nothingOnThePageChangesAnything() {
        controller.job("maintain", Set.of(Item.READ, Item.BUILD), "HOST");
        String shown = page.getCloud("lab").getFragment();
        for (String tag : List.of("<button", "<form", "method=", "<script", "style=", " onclick")) {
            assertFalse(tag, shown.contains(tag));
        }
    }

    @Test
    public void whatOthersWriteStaysText() {
        String evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
        controller.job(evil, Set.of(Item.READ, Item.BUILD), "HOST");
        controller.job(evil + "2", Set.of(Item.READ, Item.BUILD), "HOST").build(1);
        List<ReadHost> hosts = List.of(
                host(evil, evil, evil),
                host(evil + 2, evil, claim(evil + "2#1", null, HERE)),
                host(evil + 3, evil, "AUTO: " + evil),
                host(evil + 4, evil, claim(evil, "44444444", "https://other.example.org/")),
                host(evil + 5, evil, "nova-maintenance: " + evil + "2#1 for: " + evil + " failed: " + evil));
        CloudReading reading = new CloudReading(
                SINCE, hosts, List.of(new WaitingServer(evil, evil, evil, evil, SINCE, true)), List.of(evil));
        String shown = new HostsOfCloud(evil, new HostReadings.Seen(SINCE, reading, evil, SINCE, SINCE)).getFragment();
        assertTrue(shown.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        Set<String> tags = new TreeSet<>(List.of(shown.split("<")))
                .stream()
                        .map(piece -> piece.split("[ >]")[0].replace("/", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
        tags.removeAll(Set.of(
                "", "a", "bdi", "details", "div", "h2", "input", "label", "li", "p", "section", "span", "summary",
                "table", "tbody", "td", "th", "thead", "time", "tr", "ul", "wbr"));
        assertEquals(Set.of(), tags);
        assertFalse(shown, shown.contains("\"'"));
    }

    @Test
    public void anyNameOfACloudHasAnAddress() {
        for (String name :
                List.of("lab", "Lab_2.east", "a/b", "..", "~61", "mit Leerzeichen", "ümlaut", "a;b?c#d%2F")) {
            clouds.close();
            clouds.cloud(name, cloud.identityUrl(), "RegionOne", null);
            String address = HostsAction.address(name);
            assertTrue(address, address.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*|~[0-9a-f]+"));
            assertEquals(name, page.getCloud(address).getCloud());
            assertTrue(page.getFragment(), page.getFragment().contains("href=\"cloud/"));
        }
        assertNull(page.getCloud("nothing"));
    }

    @Test
    public void whatIsWrongWithTheCredentialIsTheProblemInWords() {
        clouds.cloud("none", cloud.identityUrl(), "RegionOne", null)
                .cloud("gone", cloud.identityUrl(), "RegionOne", "nope")
                .cloud("blind", cloud.identityUrl(), "RegionOne", "guest");
        Map<String, String> problems = Map.of(
                "none",
                "names no credential",
                "gone",
                "there is no credential 'nope'",
                "blind",
                "does not see the servers of all projects");
        problems.forEach((name, words) -> {
            HostsOfCloud shown = page.getCloud(name);
            assertNull(shown.getReadAt());
            assertNotNull(name, shown.getProblem());
            assertFalse(shown.getProblem(), shown.getProblem().contains("secret"));
            assertTrue(shown.getProblem(), shown.getProblem().contains(words));
            assertTrue(shown.getFragment(), shown.getFragment().contains("The last attempt, 0 s ago, failed: "));
        });
    }

    @Test
    public void aCellThatDoesNotAnswerIsSaid() {
        cloud.addHost("lost", host -> host.cell("cell2").zone("far"));
        cloud.cellDown("cell2");
        HostsOfCloud shown = page.getCloud("lab");
        assertNull(shown.getProblem());
        assertEquals(1, shown.getDoubts().size());
        assertTrue(
                shown.getDoubts().toString(),
                shown.getDoubts().get(0).startsWith("Nova cannot tell how lost stands: a cell does not answer."));
        HostRow lost = hosts().get("lost");
        assertEquals("unknown", lost.state());
        assertEquals("unknown", lost.status());
        assertNull(lost.closedByKind());
        assertTrue(shown.getFragment(), shown.getFragment().contains("4 hosts: 2 disabled, 1 down, 1 unknown;"));
    }

    /** What Stapler writes as JSON: it knows no moments, so they go as text. */
    @Test
    public void theRemoteApiIsToldWhatItCanWrite() {
        Set<Class<?>> writable = Set.of(String.class, boolean.class, Boolean.class, int.class, List.class, Map.class);
        for (Class<?> type : List.of(HostRow.class, WaitingServer.class, MaintenanceJob.class)) {
            for (RecordComponent part : type.getRecordComponents()) {
                if (part.getAccessor().isAnnotationPresent(Exported.class)) {
                    assertTrue(type + "." + part.getName(), writable.contains(part.getType()));
                }
            }
        }
    }

    private static String claim(String build, String step, String at) {
        return (step == null ? new Claim(build, null, null, null, null) : new Claim(build, step, at, SINCE, null))
                .because("CHG-1")
                .reason();
    }

    private static ReadHost host(String name, String zone, String reason) {
        return new ReadHost(
                name,
                zone,
                List.of(zone),
                true,
                false,
                false,
                true,
                reason,
                Claim.parse(reason).map(Holder::of).orElse(null),
                SINCE,
                1,
                Map.of(zone, 1));
    }

    /** A disabled host, read and looked at now. */
    private static HostRow row(String reason) {
        return new Viewer().row(host("compute1", "nova", reason));
    }

    private Map<String, HostRow> hosts() {
        return page.getCloud("lab").getHosts().stream().collect(Collectors.toMap(HostRow::host, Function.identity()));
    }
}
