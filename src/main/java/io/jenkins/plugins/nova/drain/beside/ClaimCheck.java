package io.jenkins.plugins.nova.drain.beside;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.CordonOwnership;
import io.jenkins.plugins.nova.drain.claim.Holders;
import java.util.Optional;

/**
 * Whose what stands beside Nova is, where its record has room for a claim: by the same law as the cordon, which this step has or would
 * not be here. So a holder of which nothing is known holds the host no more: a claim of his is left over.
 *
 * @param own the claim of the step that asks
 * @param holders who knows whether another holder is still at work
 */
public record ClaimCheck(Claim own, Holders holders) {

    /** The claim in what a record says; empty where there is none. */
    public static Optional<Claim> claim(HostSetting setting) {
        return Claim.parse(ClaimText.claim(setting.text()));
    }

    /** Whose a held setting is, by what its record says (null for nothing). */
    public CordonOwnership of(String text) {
        return CordonOwnership.of(ClaimText.claim(text), own, true, holders);
    }
}
