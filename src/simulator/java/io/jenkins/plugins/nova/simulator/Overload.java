package io.jenkins.plugins.nova.simulator;

/** What a cloud does that has more to do than it can. All of it passes alone. */
public enum Overload {
    /**
     * The scheduler finds none of the hosts: others were quicker at each that Placement offered
     * (nova/scheduler/manager.py, _ensure_sufficient_hosts).
     */
    NO_VALID_HOST,
    /** The API answers 500 with the class MessagingTimeout, and nothing was done. */
    MESSAGING_TIMEOUT,
    /** A proxy before the API answers 504 with a page of its own; what was asked for is done all the same. */
    GATEWAY_TIMEOUT
}
