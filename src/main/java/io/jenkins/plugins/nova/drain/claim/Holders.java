package io.jenkins.plugins.nova.drain.claim;

import java.time.Instant;
import java.util.Optional;

/** Tells whether who holds a host is still at work. */
public interface Holders {

    /** What can be known of a claim's holder. */
    enum Holding {
        /** Its build runs, and the host is its. */
        RUNNING,
        /** It has ended: what it left is a cordon without anybody behind it. */
        ENDED,
        /** It is of another controller, or nothing is known of it. */
        UNKNOWN
    }

    /** What is known of the holder of a claim that is not one's own. */
    Holding of(Claim claim);

    /**
     * When a record beside Nova was written as the step of a claim that is not at work any more has set it and not put it back, where
     * the record itself has no room for a claim.
     *
     * @param service the word of the service, such as {@code masakari}
     * @param id what the service calls it
     * @return empty where the step has not set it, or nothing is known of the step here
     */
    default Optional<Instant> wrote(Claim claim, String service, String id) {
        return Optional.empty();
    }

    /** Whether who reads the console may know the name of a claim's build. */
    default boolean mayName(Claim claim) {
        return true;
    }

    /**
     * The disabled reason of a service as it may be told: a claim of this plugin's whose build may not be named is told
     * without the name, everything else as it stands. Whoever quotes a reason has it from here.
     *
     * @param disabledReason as Nova tells it; null for none
     * @return null for none
     */
    default String told(String disabledReason) {
        return Claim.parse(disabledReason)
                .filter(claim -> !mayName(claim))
                .map(claim -> claim.unnamed() + (CordonReason.tellsFailure(disabledReason) ? ", which failed" : ""))
                .orElse(disabledReason);
    }

    /**
     * What a claim's build is called: where it is known here, as it is called now and not as it was when the claim was made.
     *
     * @return {@link Claim#UNSEEN} where it may not be named
     */
    default String name(Claim claim) {
        return mayName(claim) ? claim.build() : Claim.UNSEEN;
    }

    /** How the holder of such a claim is called on the console, where people may read that may not know of every build. */
    default String words(Claim claim) {
        return claim.words();
    }
}
