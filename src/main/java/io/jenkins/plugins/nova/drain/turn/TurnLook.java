package io.jenkins.plugins.nova.drain.turn;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.drain.claim.CordonOwnership;
import io.jenkins.plugins.nova.drain.observe.RollReader;
import io.jenkins.plugins.nova.plan.Estate;
import java.util.Collection;
import java.util.Map;

/** The cloud as a turn asks for it: each part only where a pass needs it, for of 200 hosts that wait one or two need any. */
interface TurnLook {

    /** What the budget is held against. */
    Estate site();

    /**
     * Whose the host is.
     *
     * @param service the host's compute service, as the site shows it
     */
    CordonOwnership ownership(ComputeService service);

    /**
     * The rest of the plan for the host.
     *
     * @param hosts those of the roll that are not done
     * @param outstanding seats that are still to be taken: host by server id
     * @throws IllegalArgumentException when it cannot be planned, in words for the operator
     */
    RollReader.Next plan(Collection<String> hosts, Map<String, String> outstanding);
}
