package io.jenkins.plugins.nova.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which keys each action takes at which microversion (nova/api/openstack/compute/schemas; messages from mini-nova). */
final class ActionSchemas {

    private ActionSchemas() {}

    static void check(String action, JsonNode value, Call call) {
        switch (action) {
            case "os-migrateLive" -> live(value, call);
            case "migrate" -> migrate(value, call);
            case "evacuate" -> evacuate(value, call);
            case "resize" ->
                Schemas.object(
                        action,
                        value,
                        Map.of("flavorRef", Schemas.ANY, "OS-DCF:diskConfig", Schemas.STRING),
                        List.of("flavorRef"));
            case "lock" -> lock(value, call);
            case "os-resetState" ->
                Schemas.object(action, value, Map.of("state", Schemas.RESET_STATE), List.of("state"));
            case "reboot" -> Schemas.object(action, value, Map.of("type", Schemas.REBOOT), List.of("type"));
            case "os-getConsoleOutput" -> Schemas.object(action, value, Map.of("length", Schemas.LENGTH), List.of());
            default -> {
                // confirmResize, revertResize and the other power actions take anything
            }
        }
    }

    private static void live(JsonNode value, Call call) {
        Map<String, Schemas.Type> properties = new LinkedHashMap<>();
        properties.put("host", Schemas.HOST_OR_NULL);
        properties.put("block_migration", call.atLeast(25) ? Schemas.BOOLEAN_OR_AUTO : Schemas.BOOLEAN);
        if (!call.atLeast(25)) {
            properties.put("disk_over_commit", Schemas.BOOLEAN);
        }
        List<String> required = List.copyOf(properties.keySet());
        if (call.atLeast(30) && !call.atLeast(68)) {
            properties.put("force", Schemas.BOOLEAN);
        }
        Schemas.object("os-migrateLive", value, properties, required);
    }

    /** Below 2.56 anything goes and a host is silently ignored. */
    private static void migrate(JsonNode value, Call call) {
        if (!call.atLeast(56) || value.isNull()) {
            return;
        }
        if (!value.isObject()) {
            throw Schemas.invalid("migrate", value, Schemas.python(value) + " is not of type 'object', 'null'");
        }
        Schemas.object("migrate", value, Map.of("host", Schemas.HOST_OR_NULL), List.of());
    }

    private static void evacuate(JsonNode value, Call call) {
        Map<String, Schemas.Type> properties = new LinkedHashMap<>();
        properties.put("host", Schemas.HOST_NAME);
        properties.put("adminPass", Schemas.STRING);
        if (!call.atLeast(14)) {
            properties.put("onSharedStorage", Schemas.BOOLEAN);
        }
        if (call.atLeast(29) && !call.atLeast(68)) {
            properties.put("force", Schemas.BOOLEAN);
        }
        Schemas.object("evacuate", value, properties, call.atLeast(14) ? List.of() : List.of("onSharedStorage"));
    }

    private static void lock(JsonNode value, Call call) {
        if (call.atLeast(73) && !value.isNull()) {
            Schemas.object("lock", value, Map.of("locked_reason", Schemas.TEXT_OF_255), List.of());
        }
    }
}
