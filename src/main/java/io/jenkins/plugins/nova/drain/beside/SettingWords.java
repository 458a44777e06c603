package io.jenkins.plugins.nova.drain.beside;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.HostSetting.Served;
import io.jenkins.plugins.nova.drain.text.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is told of a setting beside Nova. */
public final class SettingWords {

    private static final int MOST_NAMED = 5;

    private SettingWords() {}

    /** How it is called: {@code Masakari's host compute1 of segment rack1}. */
    public static String called(SettingChange change) {
        return change.kind().title() + "'s " + change.name();
    }

    /** The lines for a step from one look to the next, one for each change that an operator wants to hear of. */
    public static List<String> lines(List<SettingChange> before, List<SettingChange> after) {
        Map<String, SettingChange> known = new HashMap<>();
        before.forEach(change -> known.put(change.kind() + " " + change.id(), change));
        return told(after, change -> line(known.get(change.kind() + " " + change.id()), change));
    }

    /** How each stands now, a sentence each; what is untouched or could not be changed is told elsewhere. */
    public static List<String> standing(List<SettingChange> settings) {
        return told(settings, change -> switch (change.state()) {
            case OURS, DUE_BACK, BACK_RECORDED, BACK_ASKED ->
                called(change) + " is " + of(change.kind()).held() + ".";
            case BACK ->
                called(change) + " was " + of(change.kind()).held() + ", and "
                        + of(change.kind()).andBack() + ".";
            case THEIRS ->
                change.kind().numbered()
                        ? called(change) + " was changed by somebody else; it stays as it is."
                        : called(change) + " is " + of(change.kind()).held()
                                + " by somebody else's doing; it stays so.";
            // nothing was changed, or a note says what could not be
            case FREE, RECORDED, ASKED, NOT_SET, NOT_BACK -> null;
        });
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
            case OURS -> called(change) + " is " + of(change.kind()).held() + led(change.led());
            case BACK -> called(change) + " " + of(change.kind()).back() + ".";
            case THEIRS ->
                !change.kind().numbered() && (old == null || !old.mayBeOurs())
                        ? called(change) + " was " + of(change.kind()).held() + " already; it stays so."
                        : called(change) + " was changed by somebody else meanwhile; it stays as it is.";
            // what could not be done is a note; the others are on their way
            default -> null;
        };
    }

    private static String led(List<Served> led) {
        return led.isEmpty() ? "." : "; led elsewhere before: " + named(led, Served.Fate.LED) + ".";
    }

    private static List<Served> ledFirst(HostSetting seen) {
        return seen == null || seen.kind().numbered()
                ? List.of()
                : seen.serves().stream()
                        .filter(one -> one.fate() == Served.Fate.LED)
                        .toList();
    }

    /**
     * What a dry run says of those that the real run would set.
     *
     * @param seen what the look shows of one; gives null where it lacks it
     */
    public static List<String> wouldBeSet(List<SettingChange> settings, Function<SettingChange, HostSetting> seen) {
        List<SettingChange> free = settings.stream()
                .filter(change -> change.state() == SettingChange.State.FREE)
                .toList();
        return told(
                free,
                change -> called(change) + " would be " + of(change.kind()).set() + led(ledFirst(seen.apply(change))));
    }

    /** A line each; but those of which there may be hundreds, and of which the same is to be told, in one. */
    private static List<String> told(List<SettingChange> changes, Function<SettingChange, String> line) {
        Map<String, List<SettingChange>> same = new LinkedHashMap<>();
        List<String> lines = new ArrayList<>();
        for (SettingChange change : changes) {
            String text = line.apply(change);
            if (text != null && change.kind().numbered()) {
                // what is said of it, without its name
                same.computeIfAbsent(text.replace(called(change), ""), said -> new ArrayList<>())
                        .add(change);
            } else if (text != null) {
                lines.add(text);
            }
        }
        same.forEach((said, all) -> lines.add(all.stream()
                        .limit(MOST_NAMED)
                        .map(change -> all.indexOf(change) == 0 ? called(change) : change.name())
                        .collect(Collectors.joining(", "))
                + (all.size() > MOST_NAMED ? " and " + (all.size() - MOST_NAMED) + " more" : "")
                + (all.size() > 1 ? ":" : "")
                + (all.size() > 1 ? said.replaceFirst("^ (is|was|has|would be) ", " each $1 ") : said)));
        return lines;
    }

    /** What an operator must know of one that could not be set. */
    public static String notSet(SettingChange change) {
        String routers = change.leads().stream()
                .filter(one -> one.what().ofRouter())
                .map(Served::name)
                .collect(Collectors.joining(", "));
        return called(change) + " could not be " + of(change.kind()).set() + ": " + change.why() + ". "
                + of(change.kind()).risk()
                + (routers.isEmpty()
                        ? ""
                        : " See that each of its routers has an agent (openstack network agent list --router ID): "
                                + routers + ".");
    }

    /** What an operator must know of one that is not for us to set. */
    public static String fixed(HostSetting setting) {
        return setting.kind().title() + "'s " + setting.name() + " " + setting.fixed() + ".";
    }

    /** That its service evacuates the host at this moment, in words; empty where it does not, or that is not told. */
    public static Optional<String> evacuated(HostSetting setting) {
        List<HostSetting.Work> works =
                setting.works().stream().filter(HostSetting.Work::evacuates).toList();
        return works.isEmpty()
                ? Optional.empty()
                : Optional.of(setting.kind().title() + " is evacuating the host, for it takes it for failed: "
                        + HostSetting.Work.named(works) + ".");
    }

    /** What an operator must know of one that is to be set and cannot be now. */
    public static String busy(HostSetting setting) {
        return setting.kind().title() + "'s " + setting.name()
                + " cannot be changed while this is not settled, which is waited for for "
                + Quantity.time(SettingChange.BUSY) + ": " + HostSetting.Work.named(setting.works()) + ".";
    }

    /** Why one must not be set, in words that follow its name: it alone serves what nothing else can. */
    static String stranded(HostSetting setting) {
        return "it alone serves " + named(setting.serves(), Served.Fate.STRANDED)
                + ", and no other agent that is alive and up can take that";
    }

    /** The same of one that serves such routers; empty where it serves none, or is set already. */
    public static Optional<String> routersGoDown(HostSetting setting) {
        boolean routers =
                setting.serves().stream().anyMatch(one -> one.what().ofRouter() && one.fate() == Served.Fate.STRANDED);
        return setting.held() || !routers
                ? Optional.empty()
                : Optional.of(
                        setting.kind().title() + "'s " + setting.name() + " must not go down: " + stranded(setting));
    }

    /** Why a drain does not go on with one that is set. */
    public static String stuck(SettingChange change) {
        return called(change) + " is " + of(change.kind()).held() + ", and "
                + named(change.awaits(), Served.Fate.values()) + " has not gone elsewhere.";
    }

    private static String named(List<Served> all, Served.Fate... fates) {
        List<Served> some =
                all.stream().filter(one -> List.of(fates).contains(one.fate())).toList();
        return some.stream()
                        .limit(MOST_NAMED)
                        .map(one -> word(one.what()) + one.name())
                        .collect(Collectors.joining(", "))
                + (some.size() > MOST_NAMED ? " and " + (some.size() - MOST_NAMED) + " more" : "");
    }

    private static String word(Served.What what) {
        return switch (what) {
            case ROUTER -> "router ";
            case SNAT -> "the SNAT of router ";
            case NETWORK -> "network ";
        };
    }

    /** What an operator must know where a service could not be asked, or must be left as it is. */
    public static String leftAlone(HostSetting.Kind kind, String why) {
        return kind.title() + " is left alone: " + why + ". " + of(kind).risk();
    }

    /** What an operator must know where it could not be looked whether a drain has left something to be put back. */
    public static String notLookedAt(HostSetting.Kind kind, String why) {
        return kind.title() + " is left as it is: " + why + ".";
    }

    /**
     * What an operator must know when a step takes over what another has left.
     *
     * @param holder the other, in words
     */
    public static String takenOver(SettingChange change, String holder) {
        return called(change) + " is still " + of(change.kind()).held() + " by " + holder
                + "; this step takes it over.";
    }

    /** What an operator must know of one that ends by itself and could not be made to last. */
    public static String notKept(SettingChange change, String why) {
        return called(change) + " could not be made to last, which is tried again: " + why;
    }

    /** What an operator must know of one that is gone before its time. */
    public static String gone(SettingChange change) {
        return called(change) + " has ended, or was ended by somebody else; it is not set again.";
    }

    /** What an operator must know, and do, where one could not be put back. */
    public static String notBack(SettingChange change) {
        return called(change) + " is still " + of(change.kind()).held() + ", which could not be taken back: "
                + change.why() + ". To do so: " + command(change) + ".";
    }

    /** What an operator must know of one that is held, and may be so by a step of which nothing is known here. */
    public static String unowned(HostSetting setting) {
        return setting.kind().title() + "'s " + setting.name() + " is "
                + of(setting.kind()).held()
                + ", and nothing tells here who has set that; it stays so. If nobody needs it any more: "
                + command(setting.kind(), setting.id()) + ".";
    }

    /** The command that takes it back. */
    private static String command(SettingChange change) {
        if (!change.kind().numbered()) {
            return command(change.kind(), change.id());
        }
        return priority(
                change.number().of(),
                change.id().substring(change.id().indexOf('/') + 1),
                String.valueOf(change.number().before()));
    }

    private static String priority(String agent, String router, String number) {
        return "PUT /v2.0/agents/" + agent + "/l3-routers/" + router + " {\"ha_chassis_priority\": " + number + "}";
    }

    private static String command(HostSetting.Kind kind, String id) {
        return switch (kind) {
            case INSTANCE_HA -> {
                String[] ids = id.split("/", 2);
                yield "openstack segment host update --on_maintenance False " + ids[0] + " " + ids[1];
            }
            // the first changes nothing from 2026.1 on: see the API's VolumeServices
            case VOLUME_SERVICE ->
                "openstack volume service set --enable " + id
                        + " cinder-volume; where it still reads disabled after that (Cinder 2026.1 and newer), cinder freeze-host "
                        + id + " and then cinder thaw-host " + id + ", while its cinder-volume runs";
            case SILENCE -> "amtool silence query, and amtool silence expire ID; it ends by itself, too";
            case NETWORK_AGENT ->
                "openstack network agent set --enable " + id + ", and take our claim out of its description";
            case CENTRAL_ROUTERS -> "openstack network agent add router --l3 " + id + " ROUTER";
            case ROUTER_GATEWAY -> priority("AGENT", "ROUTER", "N");
        };
    }

    /**
     * How a kind is spoken of.
     *
     * @param set what is done to it
     * @param held how it reads then, behind "is", "was" or "is still"
     * @param back how it reads again, in a sentence of its own
     * @param andBack the same behind how it was
     * @param risk what may happen where it is not set
     */
    private record Words(String set, String held, String back, String andBack, String risk) {}

    private static Words of(HostSetting.Kind kind) {
        return switch (kind) {
            case INSTANCE_HA ->
                new Words(
                        "set on maintenance",
                        "on maintenance",
                        "is back from maintenance",
                        "is back",
                        "Where it watches the host, it may take its reboot for a failure.");
            case VOLUME_SERVICE ->
                new Words(
                        "disabled",
                        "disabled",
                        "is enabled again",
                        "is enabled again",
                        "New volumes may be placed on the host's backends while it is away.");
            case SILENCE ->
                new Words(
                        "set", "set", "is ended", "is ended", "Alerts about the host are sent while it is worked on.");
            case CENTRAL_ROUTERS ->
                new Words(
                        "relieved of its central routers",
                        "relieved of its central routers",
                        "gets none of its central routers back",
                        "gets none back",
                        "They go down with the host.");
            case ROUTER_GATEWAY ->
                new Words(
                        "led elsewhere",
                        "led elsewhere",
                        "has its priority again",
                        "has its priority again",
                        "It goes elsewhere only once the host is down.");
            case NETWORK_AGENT ->
                new Words(
                        "taken administratively down",
                        "administratively down",
                        "is administratively up again",
                        "is up again",
                        "What it serves goes down with the host, and more may be placed there.");
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
