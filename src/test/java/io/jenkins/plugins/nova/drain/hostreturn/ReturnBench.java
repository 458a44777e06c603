package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.drain.Bench;
import io.jenkins.plugins.nova.drain.CanaryOrder;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.json.StateJson;
import io.jenkins.plugins.nova.drain.tell.ReturnNarrator;
import io.jenkins.plugins.nova.simulator.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The return of compute1, which this build has cordoned, on the simulated cloud, both in time that the test drives. */
public final class ReturnBench extends Bench<ReturnState> {

    static final String BY = "ops/patch#12";

    private final ReturnNarrator narrator = new ReturnNarrator();
    ReturnRunner runner;

    /** What is known of others that hold the host. */
    public Holders holders = claim -> Holders.Holding.UNKNOWN;

    /** With which reason the host is found closed, and whether that counts as the plugin's doing. */
    public String reason = Claim.PREFIX + BY;

    public boolean cordoned = true;

    /** Whether what carries a claim beside Nova is looked for, as by nodeReturn. */
    public boolean claims;

    public ReturnBench(SimulatedCloud cloud) {
        super(cloud, "admin");
    }

    /** Cordons the host and begins to wait for it. */
    public ReturnBench begin(CanaryOrder canary) {
        String service = nova().computeServices().stream()
                .filter(one -> one.host().equals("compute1"))
                .findFirst()
                .orElseThrow()
                .id();
        nova().disableService(service, reason);
        ReturnOrder order = new ReturnOrder(
                "compute1", Duration.ofMinutes(30), false, false, false, List.of(), false, canary, BY, null);
        ReturnState begin = ReturnState.begin(
                order,
                ReturnPhase.WAIT,
                cordoned,
                false,
                List.of(),
                executor.clock().instant());
        return run(claims ? begin.besideByClaim() : begin);
    }

    /** As a new process would, from what was saved. */
    ReturnBench resume(String text) {
        return run(ReturnRunner.resume(read(text), executor.clock().instant()));
    }

    private ReturnBench run(ReturnState state) {
        runner = new ReturnRunner(state, this, holders, executor, executor.clock());
        runner.start();
        return this;
    }

    static ReturnState read(String text) {
        return StateJson.read(text, ReturnState.class, "return", state -> 1, 1);
    }

    @Override
    protected String write(ReturnState state) {
        return StateJson.write(state);
    }

    @Override
    protected List<String> lines(ReturnState before, ReturnState after, Instant now) {
        return narrator.lines(before, after, now);
    }
}
