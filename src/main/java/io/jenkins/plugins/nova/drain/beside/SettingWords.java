package io.jenkins.plugins.nova.drain.beside;

import io.jenkins.plugins.nova.drain.text.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is told of a setting beside Nova. */
public final class SettingWords {

    private SettingWords() {}

    /** How it is called: {@code Masakari's host compute1 of segment rack1}. */
    public static String called(SettingChange change) {
        return change.kind().title() + "'s " + change.name();
    }

    /** The lines for a step from one look to the next, one for each change that an operator wants to hear of. */
    public static List<String> lines(List<SettingChange> before, List<SettingChange> after) {
        List<String> lines = new ArrayList<>();
        for (SettingChange change : after) {
            SettingChange old = before.stream()
                    .filter(one -> one.kind() == change.kind() && one.id().equals(change.id()))
                    .findFirst()
                    .orElse(null);
            String line = line(old, change);
            if (line != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** How each stands now, a sentence each; what is untouched or could not be changed is told elsewhere. */
    public static List<String> standing(List<SettingChange> settings) {
        List<String> lines = new ArrayList<>();
        for (SettingChange change : settings) {
            switch (change.state()) {
                case OURS, DUE_BACK, BACK_RECORDED, BACK_ASKED -> lines.add(called(change) + " is on maintenance.");
                case BACK -> lines.add(called(change) + " was on maintenance, and is back.");
                case THEIRS -> lines.add(called(change) + " is on maintenance by somebody else's doing; it stays so.");
                case FREE, RECORDED, ASKED, NOT_SET, NOT_BACK -> {
                    // nothing was changed, or a note says what could not be
                }
            }
        }
        return lines;
    }

    private static String line(SettingChange old, SettingChange change) {
        boolean began = change.busy() && (old == null || !old.busy());
        if (began && change.why() != null && (change.comingBack() || !change.settled())) {
            return called(change) + " cannot be changed now, it is tried for " + Quantity.time(SettingChange.BUSY)
                    + ": " + change.why();
        }
        if (old != null && old.state() == change.state()) {
            return null;
        }
        return switch (change.state()) {
            case OURS -> called(change) + " is on maintenance.";
            case BACK -> called(change) + " is back from maintenance.";
            case THEIRS ->
                old == null || !old.mayBeOurs()
                        ? called(change) + " was on maintenance already; it stays so."
                        : called(change) + " was changed by somebody else meanwhile; it stays as it is.";
            // what could not be done is a note; the others are on their way
            default -> null;
        };
    }

    /** What an operator must know of one that could not be set. */
    public static String notSet(SettingChange change) {
        return called(change) + " could not be set on maintenance: " + change.why()
                + ". It may take the host's reboot for a failure.";
    }

    /** What an operator must know, and do, where one could not be put back. */
    public static String notBack(SettingChange change) {
        return called(change) + " is still on maintenance, which could not be taken back: " + change.why() + ". "
                + wayBack(change);
    }

    /** What an operator must know where it reads as in maintenance and nobody knows by whose hand. */
    private static String wayBack(SettingChange change) {
        String[] ids = change.id().split("/", 2);
        return switch (change.kind()) {
            case INSTANCE_HA ->
                "To do so: openstack segment host update --on_maintenance False " + ids[0] + " " + ids[1] + ".";
        };
    }

    /** Whether a word of {@link #word} says that it is ours; empty where it says nothing about that. */
    public static Optional<Boolean> ours(String word) {
        return switch (word) {
            case "set", "notPutBack" -> Optional.of(true);
            case "putBack" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** How far it has come, in a word for results: set, found, notSet, putBack or notPutBack. */
    public static String word(SettingChange change) {
        return switch (change.state()) {
            case FREE -> "untouched";
            case RECORDED, ASKED, OURS, DUE_BACK, BACK_RECORDED, BACK_ASKED -> "set";
            case THEIRS -> "found";
            case NOT_SET -> "notSet";
            case BACK -> "putBack";
            case NOT_BACK -> "notPutBack";
        };
    }
}
