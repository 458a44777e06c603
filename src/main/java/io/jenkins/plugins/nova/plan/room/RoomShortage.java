package io.jenkins.plugins.nova.plan.room;

/**
 * A server for which there is no place.
 *
 * @param server its id
 * @param name its name
 * @param needs what it asks for, in words
 * @param reason what is short, in words
 * @param alone whether no host could take it even if it alone were moved; otherwise it is short beside the others
 */
public record RoomShortage(String server, String name, String needs, String reason, boolean alone) {

    /** The whole in a sentence. */
    public String words() {
        return alone
                ? "no host can take '" + name + "' (" + needs + "): " + reason + "."
                : "no place was found beside the others for '" + name + "' (" + needs + "): " + reason + ".";
    }
}
