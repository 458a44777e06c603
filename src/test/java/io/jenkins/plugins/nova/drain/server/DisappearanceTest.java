package io.jenkins.plugins.nova.drain.server;

import static io.jenkins.plugins.nova.drain.Look.migration;
import static io.jenkins.plugins.nova.drain.Look.of;
import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.nova.api.Server;
import io.jenkins.plugins.nova.api.Servers;
import io.jenkins.plugins.nova.drain.Look;
import java.util.Optional;
import org.junit.Test;

/** Law 13: that a server has left a host is believed of what was read of it alone. */
public class DisappearanceTest {

    private static final Server ELSEWHERE = Servers.named("a").on("compute2").make();

    private static Optional<String> proven(Look look) {
        return new Disappearance("compute1", "u-ops").proven("id-a", look.make());
    }

    @Test
    public void onlyA404OrAnotherPlaceProvesIt() {
        assertEquals(Optional.empty(), proven(new Look()));
        assertEquals(Optional.empty(), proven(new Look().listed(ELSEWHERE)));
        assertEquals(Optional.empty(), proven(new Look().read(Servers.named("a").make())));
        assertEquals(
                Optional.empty(),
                proven(new Look().read(Servers.named("b").on("compute2").make())));
        assertEquals(
                Optional.of("was deleted meanwhile"),
                proven(new Look().gone("a").read(Servers.named("a").make())));
        assertEquals(
                Optional.of("has left the host: it is SHELVED_OFFLOADED on no host"),
                proven(new Look()
                        .read(Servers.named("a")
                                .on(null)
                                .is("SHELVED_OFFLOADED", "shelved_offloaded")
                                .make())));
        assertEquals(Optional.of("has left the host: it is ACTIVE on compute2"), proven(new Look().read(ELSEWHERE)));
    }

    /** The newest off this host that did not fail. */
    @Test
    public void whoseMoveItWasIsSaid() {
        Look look = new Look()
                .read(ELSEWHERE)
                .moves(
                        migration(9, "a", "migration", "error"),
                        migration(8, "a", "live-migration", "running").from("compute3"),
                        migration(6, "a", "migration", "finished"),
                        of("u-owner", migration(7, "a", "live-migration", "completed")),
                        migration(10, "b", "migration", "finished"));
        assertEquals(
                Optional.of(
                        "has left the host: it is ACTIVE on compute2 (live-migration 7, asked for by user u-owner)"),
                proven(look));
    }

    @Test
    public void aUserOfThisCredentialIsNotThisStep() {
        Disappearance known = new Disappearance("compute1", "u-ops");
        assertEquals("not asked for by this step", known.by(migration(7, "a", "migration", "finished")));
        assertEquals(
                "asked for by this credential's user, not by this step",
                known.by(of("u-ops", migration(7, "a", "migration", "finished"))));
        assertEquals("asked for by user u-owner", known.by(of("u-owner", migration(7, "a", "migration", "finished"))));
        assertEquals(
                "asked for by user u-ops",
                new Disappearance("compute1", null).by(of("u-ops", migration(7, "a", "migration", "finished"))));
    }
}
