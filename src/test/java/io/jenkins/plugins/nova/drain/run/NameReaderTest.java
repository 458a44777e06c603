package io.jenkins.plugins.nova.drain.run;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.Drained;
import io.jenkins.plugins.nova.drain.Look;
import io.jenkins.plugins.nova.drain.Names;
import io.jenkins.plugins.nova.drain.PlannedAs;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.Action;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.Test;

/** Which names are asked for, when no more are, and what is said of those that are missing. */
public class NameReaderTest {

    private final List<String> asked = new ArrayList<>();
    private Duration spent = Duration.ZERO;

    /** A cloud that is asked for names alone; what it tells of {@code project:ID} and {@code user:ID} is a name or a failure. */
    private Nova cloud(UnaryOperator<String> tells) {
        return (Nova) Proxy.newProxyInstance(
                Nova.class.getClassLoader(),
                new Class<?>[] {Nova.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "identity" -> Look.OPS;
                    case "projectName" -> told("project:" + arguments[0], tells);
                    case "userName" -> told("user:" + arguments[0], tells);
                    default -> throw new AssertionError("names need no " + method.getName());
                });
    }

    private String told(String what, UnaryOperator<String> tells) {
        asked.add(what);
        return tells.apply(what);
    }

    private static ServerState server(String project, String owner) {
        ServerState like = Drained.waiting("web", Action.LIVE);
        return new ServerState(
                "id-" + project + owner,
                "web",
                project,
                "ACTIVE",
                1,
                1,
                false,
                null,
                "compute1",
                Action.LIVE,
                ServerState.Stage.PENDING,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                "",
                "",
                null,
                0,
                null,
                like.since(),
                null,
                null,
                null,
                null,
                owner == null ? null : new PlannedAs(owner, "m1", "LIVE", "", "", null),
                null,
                null,
                List.of(),
                null,
                null,
                null);
    }

    private Names names(UnaryOperator<String> tells, ServerState... servers) {
        return new NameReader(cloud(tells), new SideBySide(Runnable::run), () -> spent.toNanos()).of(List.of(servers));
    }

    private static NovaException refused(int status) {
        return new NovaException.Refused("read the name of project p1", status, "no", null, null);
    }

    private static final ServerState[] THREE = {server("p1", "u1"), server("p2", "u2"), server("p3", "u3")};

    @Test
    public void eachIsAskedForOnceAndWhatTheTokenTellsIsNot() {
        Names names = names(
                what -> "name of " + what,
                server("p1", "u1"),
                server("p1", "u2"),
                server("p-ops", "u-ops"),
                server("", null),
                server("p1", "u1"));
        assertEquals(List.of("project:p1", "user:u1", "user:u2"), asked);
        assertEquals(Map.of("p1", "name of project:p1", "p-ops", "operations"), names.projects());
        assertEquals(Map.of("u1", "name of user:u1", "u2", "name of user:u2", "u-ops", "ops"), names.users());
        assertNull(names.missing());
    }

    /** A failure of the first of each kind. */
    private record First(NovaException failure, List<String> asked, String said) {}

    @Test
    public void wheresTheFirstIsRefusedNoOtherOfItsKindIsAsked() {
        List<String> firsts = List.of("project:p1", "user:u1");
        String policy = "identity:get_project, identity:get_user";
        for (First first : List.of(
                new First(refused(403), firsts, policy),
                new First(refused(401), firsts, "GET /v3/projects/* and GET /v3/users/*"),
                new First(refused(429), firsts, "HTTP 429"),
                new First(refused(500), firsts, "HTTP 500"),
                new First(refused(503), firsts, "HTTP 503"),
                new First(new NovaException.Unintelligible("the answer's 'id' is odd", null), firsts, "'id' is odd"),
                new First(
                        new NovaException.NoAnswer("no answer within 4 s", null), List.of("project:p1"), "within 4 s"),
                new First(new NovaException.Unreachable("cannot reach it", null), List.of("project:p1"), "reach it"),
                new First(new NovaException.NotAuthenticated("not let in", null), List.of("project:p1"), "not let in"),
                new First(new NovaException.Missing("no region"), List.of("project:p1"), "no region"))) {
            asked.clear();
            Names names = names(
                    what -> {
                        throw first.failure();
                    },
                    THREE);
            assertEquals(first.toString(), first.asked(), asked);
            assertEquals(Map.of(), names.projects());
            assertEquals(Map.of(), names.users());
            assertTrue(
                    names.missing(),
                    names.missing().startsWith("Names of projects and owners are not known, and ids stand for them: "));
            assertTrue(names.missing(), names.missing().contains(first.said()));
        }
    }

    @Test
    public void whatIsGoneIsNoFailure() {
        Names names = names(
                what -> {
                    if (what.equals("project:p1") || what.equals("user:u2")) {
                        throw refused(404);
                    }
                    return what;
                },
                THREE);
        assertEquals(6, asked.size());
        assertEquals(Map.of("p2", "project:p2", "p3", "project:p3"), names.projects());
        assertEquals(Map.of("u1", "user:u1", "u3", "user:u3"), names.users());
        assertNull(names.missing());
    }

    /** One of many that may not be seen, or is lied about, leaves the others. */
    @Test
    public void oneRefusalAmongOthersIsSaidAndTheOthersAreAsked() {
        for (NovaException one : List.of(refused(403), refused(401), new NovaException.Unintelligible("a lie", null))) {
            asked.clear();
            Names names = names(
                    what -> {
                        if (what.equals("user:u2")) {
                            throw one;
                        }
                        return what;
                    },
                    THREE);
            assertEquals(6, asked.size());
            assertEquals(3, names.projects().size());
            assertEquals(Map.of("u1", "user:u1", "u3", "user:u3"), names.users());
            assertTrue(names.missing(), names.missing().startsWith("Some names of owners are not known, and ids"));
        }
    }

    @Test
    public void aKeystoneThatBreaksInTheMiddleIsLetBe() {
        for (NovaException broken : List.of(refused(500), new NovaException.NoAnswer("silence", null))) {
            asked.clear();
            Names names = names(
                    what -> {
                        if (what.equals("project:p2")) {
                            throw broken;
                        }
                        return what;
                    },
                    THREE);
            assertEquals(Map.of("p1", "project:p1"), names.projects());
            assertTrue(asked.toString(), !asked.contains("project:p3"));
            boolean both = broken instanceof NovaException.NoAnswer;
            assertEquals(asked.toString(), both ? 1 : 3, names.users().size());
        }
    }

    @Test
    public void noMoreThanSoManyAreAskedFor() {
        record Crowd(int projects, int users, int ofProjects, int ofUsers) {}
        for (Crowd crowd : List.of(
                new Crowd(300, 300, 100, 100),
                new Crowd(300, 10, 190, 10),
                new Crowd(10, 300, 10, 190),
                new Crowd(100, 100, 100, 100))) {
            asked.clear();
            ServerState[] servers = IntStream.range(0, 300)
                    .mapToObj(i -> server("p" + i % crowd.projects(), "u" + i % crowd.users()))
                    .toArray(ServerState[]::new);
            Names names = names(what -> what, servers);
            assertEquals(crowd.toString(), crowd.ofProjects(), names.projects().size());
            assertEquals(crowd.toString(), crowd.ofUsers(), names.users().size());
            assertEquals(crowd.ofProjects() + crowd.ofUsers(), asked.size());
            if (crowd.projects() + crowd.users() > NameReader.MOST) {
                assertTrue(names.missing(), names.missing().contains("200 are asked for at most"));
            } else {
                assertNull(names.missing());
            }
        }
    }

    @Test
    public void noneIsAskedForOnceTheTimeIsOver() {
        Names names = names(
                what -> {
                    spent = spent.plusSeconds(2);
                    return what;
                },
                THREE);
        assertEquals(List.of("project:p1", "user:u1", "project:p2"), asked);
        assertTrue(names.missing(), names.missing().contains("not asked for longer than 5 s"));
    }

    /** The token's own names are foreign text, too. */
    @Test
    public void anOwnNameThatCannotStandForItsIdIsAskedForAsOthers() {
        Nova odd = (Nova) Proxy.newProxyInstance(
                Nova.class.getClassLoader(),
                new Class<?>[] {Nova.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "identity" ->
                        new io.jenkins.plugins.nova.api.Identity(
                                "https://keystone/v3", "north", "u1", "<b>", "p1", "a\ufffd", List.of());
                    default -> told(method.getName(), what -> what);
                });
        Names names = new NameReader(odd, new SideBySide(Runnable::run), () -> 0).of(List.of(THREE[0]));
        assertEquals(Map.of("p1", "projectName"), names.projects());
        assertEquals(Map.of("u1", "userName"), names.users());
    }
}
