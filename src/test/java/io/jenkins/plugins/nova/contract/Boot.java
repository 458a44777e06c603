package io.jenkins.plugins.nova.contract;

/**
 * A server to boot.
 *
 * @param name its name
 * @param host where
 * @param state in which state it shall be when the test begins
 * @param group id of its server group; null for none
 * @param maintenance what its owner says of its maintenance; null for nothing
 */
record Boot(String name, String host, State state, String group, String maintenance) {

    /** States that a server can be brought into. */
    enum State {
        ACTIVE,
        SHUTOFF,
        PAUSED,
        SUSPENDED,
        RESCUE,
        ERROR
    }

    static Boot named(String name) {
        return new Boot(name, null, State.ACTIVE, null, null);
    }

    Boot on(String wantedHost) {
        return new Boot(name, wantedHost, state, group, maintenance);
    }

    Boot in(State wantedState) {
        return new Boot(name, host, wantedState, group, maintenance);
    }

    Boot ofGroup(String wantedGroup) {
        return new Boot(name, host, state, wantedGroup, maintenance);
    }

    Boot saying(String word) {
        return new Boot(name, host, state, group, word);
    }
}
