package io.jenkins.plugins.nova.drain.tell;

import io.jenkins.plugins.nova.drain.observe.RollReader.Planned;
import io.jenkins.plugins.nova.drain.text.Quantity;
import io.jenkins.plugins.nova.plan.roll.Roll;
import io.jenkins.plugins.nova.plan.roll.RollBlock;
import io.jenkins.plugins.nova.plan.roll.RollMove;
import io.jenkins.plugins.nova.plan.roll.RollShort;
import io.jenkins.plugins.nova.plan.roll.RollTurn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What rollPlan returns: plain maps, lists, texts and numbers, which survive a restart and {@code writeJSON}. */
public final class RollResult {

    private static final String[] COLUMNS = {
        "owner", "project", "host", "server", "name", "status", "reason", "hint", "parameter"
    };

    private RollResult() {}

    /**
     * The plan as a map: {@code hosts} (names in the order in which they begin; those that cannot, last), {@code moves}, {@code servers}
     * (how many move), {@code bound} (with fewer moves they cannot leave), {@code duration} (in words), {@code seconds},
     * {@code planHash}, {@code terms}, {@code turns} (a map for each host), {@code seats} (a map for each move),
     * {@code blocked}, {@code owners} (the same as CSV), {@code short}, {@code notes}.
     */
    public static Map<String, Object> of(Planned planned) {
        return of(planned, Map.of());
    }

    /**
     * The same; hosts that are done already come last.
     *
     * @param proofs why they are taken for done, in words, by host
     */
    public static Map<String, Object> of(Planned planned, Map<String, String> proofs) {
        Roll roll = planned.roll();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("hosts", list(Stream.concat(roll.turns().stream().map(RollTurn::host), planned.done().stream())));
        result.put("moves", roll.moves());
        result.put("servers", roll.moving());
        result.put("bound", roll.bound());
        result.put("duration", Quantity.time(roll.duration()));
        result.put("seconds", seconds(roll.duration()));
        result.put("planHash", roll.hash());
        result.put("terms", new LinkedHashMap<>(roll.essence().terms()));
        result.put(
                "turns",
                list(Stream.concat(
                        roll.turns().stream().map(RollResult::turn),
                        planned.done().stream().map(host -> done(host, proofs.getOrDefault(host, ""))))));
        result.put(
                "seats",
                list(roll.turns().stream()
                        .flatMap(turn -> turn.moves().stream())
                        .map(RollResult::seat)));
        result.put("blocked", list(roll.blocked().stream().map(RollResult::block)));
        result.put("owners", csv(roll.blocked()));
        result.put("short", list(roll.shortages().stream().map(RollResult::shortage)));
        result.put("notes", list(planned.notes().stream()));
        return result;
    }

    private static <T> ArrayList<T> list(Stream<T> elements) {
        return elements.collect(Collectors.toCollection(ArrayList::new));
    }

    private static int seconds(Duration time) {
        return (int) time.toSeconds();
    }

    private static Map<String, Object> turn(RollTurn turn) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("host", turn.host());
        map.put("state", turn.state().toString());
        map.put("reason", turn.why());
        map.put("after", list(turn.after().stream()));
        map.put("moves", turn.moves().size());
        if (turn.begun()) {
            map.put("begins", seconds(turn.times().begins()));
            map.put("drained", seconds(turn.times().drained()));
            map.put("worked", seconds(turn.times().worked()));
            map.put("ends", seconds(turn.times().ends()));
        }
        return map;
    }

    private static Map<String, Object> done(String host, String proof) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("host", host);
        map.put("state", "DONE");
        map.put("reason", proof);
        map.put("after", new ArrayList<>());
        map.put("moves", 0);
        return map;
    }

    private static Map<String, Object> seat(RollMove move) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", move.server().id());
        map.put("name", move.server().name());
        map.put("action", move.action().toString());
        map.put("from", move.from());
        map.put("to", move.to());
        map.put("number", move.number());
        map.put("reason", move.why());
        return map;
    }

    private static Map<String, Object> block(RollBlock block) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("owner", block.owner());
        map.put("project", block.server().projectId());
        map.put("host", block.host());
        map.put("id", block.server().id());
        map.put("name", block.server().name());
        map.put("status", block.server().status());
        map.put("reason", block.verdict().reason());
        map.put("hint", block.verdict().hint());
        map.put("override", block.verdict().override());
        return map;
    }

    private static Map<String, Object> shortage(RollShort one) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("host", one.host());
        map.put("id", one.server().id());
        map.put("name", one.server().name());
        map.put("needs", one.needs());
        map.put("reason", one.reason());
        map.put("resource", one.resource());
        map.put("asked", one.asked());
        map.put("free", one.most());
        map.put("where", one.where());
        return map;
    }

    /** RFC 4180, with a head; a text that a spreadsheet would take for a formula gets an apostrophe before it. */
    private static String csv(List<RollBlock> blocked) {
        StringBuilder text = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
        for (RollBlock block : blocked) {
            text.append(Stream.of(
                                    block.owner(),
                                    block.server().projectId(),
                                    block.host(),
                                    block.server().id(),
                                    block.server().name(),
                                    block.server().status(),
                                    block.verdict().reason(),
                                    block.verdict().hint(),
                                    block.verdict().override())
                            .map(RollResult::cell)
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return text.toString();
    }

    private static String cell(String value) {
        String text = value == null ? "" : value;
        String safe = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        return safe.matches("(?s).*[\",\\r\\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
