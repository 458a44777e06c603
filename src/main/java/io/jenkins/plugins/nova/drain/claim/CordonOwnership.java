package io.jenkins.plugins.nova.drain.claim;

import io.jenkins.plugins.nova.api.ComputeService;
import io.jenkins.plugins.nova.drain.claim.Holders.Holding;

/**
 * Whose a host is, from its compute service: nobody's, ours, somebody's who is not us, or that of another drain. Nova has no
 * compare-and-set for services, so two drains may cordon one host at the same moment; the reason that is read back a tick
 * later names the one that goes on.
 */
public final class CordonOwnership {

    /** Whose it is. */
    public enum Kind {
        /** Enabled: anybody may cordon it. */
        FREE,
        /** Cordoned by this step. */
        OURS,
        /** Disabled by somebody else's hand, with words of theirs: that stays as it is. */
        FOUND,
        /** Cordoned by a drain that has ended, or that may be taken over: may be cordoned again in our name. */
        LEFTOVER,
        /** Held by another drain. */
        HELD
    }

    /** Whose it is. */
    public final Kind kind;

    /** How whose cordon it is is called, where it is one of this plugin; null otherwise. */
    public final String holder;

    private final Holding holding;

    private CordonOwnership(Kind kind, String holder, Holding holding) {
        this.kind = kind;
        this.holder = holder;
        this.holding = holding;
    }

    /**
     * @param own the claim of the step that asks
     * @param takeOver whether the pipeline says that a holder of which nothing is known has ended
     */
    public static CordonOwnership of(ComputeService service, Claim own, boolean takeOver, Holders holders) {
        return service.enabled()
                ? new CordonOwnership(Kind.FREE, null, null)
                : of(service.disabledReason(), own, takeOver, holders);
    }

    /**
     * Of what is closed with a reason.
     *
     * @param reason as it stands there; null for none
     */
    public static CordonOwnership of(String reason, Claim own, boolean takeOver, Holders holders) {
        Claim holder = Claim.parse(reason).orElse(null);
        if (holder == null) {
            return new CordonOwnership(Kind.FOUND, null, null);
        }
        if (holder.same(own)) {
            return new CordonOwnership(Kind.OURS, holder.words(), Holding.RUNNING);
        }
        Holding holding = CordonReason.tellsFailure(reason) ? Holding.ENDED : holders.of(holder);
        boolean left = holding == Holding.ENDED || (holding == Holding.UNKNOWN && takeOver);
        return new CordonOwnership(left ? Kind.LEFTOVER : Kind.HELD, holders.words(holder), holding);
    }

    /** Whether a cordon in our name may be sent now. */
    boolean mayBeTaken() {
        return kind == Kind.FREE || kind == Kind.OURS || kind == Kind.LEFTOVER;
    }

    /** Whether the holder is known to be at work, so that its end can be waited for. */
    public boolean runs() {
        return holding == Holding.RUNNING;
    }

    /** Why a held host is refused, and the way out. */
    public String refusal(String host) {
        if (holding == Holding.RUNNING) {
            return "host: '" + host + "' is held by " + holder + ", which is running. Nothing was changed."
                    + " Wait for its end or abort it; two drains of one host would move each other's servers.";
        }
        return "host: '" + host + "' is held by " + holder + ", of which this controller knows nothing."
                + " Nothing was changed. Look there; once you are sure that it has ended, say takeOver: true, or"
                + " enable the host (openstack compute service set --enable " + host + " nova-compute).";
    }

    /** What an operator must know when a leftover is taken over. */
    public String takenOver(String host) {
        return "'" + host + "' was still cordoned by " + holder
                + (holding == Holding.ENDED
                        ? ", which has ended; this step takes it over."
                        : "; takeOver: true was said, so this step takes it over.");
    }
}
