package io.jenkins.plugins.nova.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of one cloud of a clouds.yaml, put together as openstacksdk does before it uses them: what a key is called, where
 * it may stand, and which counts when there are several (openstack/config/loader.py: {@code get_one},
 * {@code _get_known_regions}, {@code _fix_backwards_auth}, {@code _handle_domain_id}, {@code _validate_auth}). Each setting is
 * asked for once; what nobody asked for is left over, to be told.
 */
final class SdkSettings {

    /**
     * @param where the key with those it stands under, such as {@code auth.username}
     * @param value what is there
     */
    record Setting(String where, JsonNode value) {

        /** Whether Python takes it for true, which an empty text and an empty list are not. */
        boolean isSaid() {
            return value.isTextual()
                    ? !value.textValue().isEmpty()
                    : value.isContainerNode() ? !value.isEmpty() : !value.isNull();
        }
    }

    /** Keys of a login that may stand in auth or beside it, in spellings of which the last that is there counts. */
    private static final Map<String, List<String>> LOGIN_KEYS = loginKeys();

    private static final String AUTH = "auth";
    private static final String REGION = "region_name";
    private static final String REGIONS = "regions";

    private final List<String> notes;
    private final List<String> problems = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private Map<String, Setting> beside = new LinkedHashMap<>();
    private Map<String, Setting> auth = new LinkedHashMap<>();
    private final Setting region;
    private final Setting facing;
    private final Setting kind;

    /**
     * @param entry of the file
     * @param notes told which settings do not count, and what is a guess
     */
    SdkSettings(JsonNode entry, List<String> notes) {
        this.notes = notes;
        if (!entry.isObject()) {
            problems.add("it is no map of settings");
        }
        entry.properties().forEach(each -> beside.put(each.getKey(), new Setting(each.getKey(), each.getValue())));
        login(beside.remove(AUTH), AUTH);
        region = regionOf(entry);
        kind = kindOf();
        facing = last(beside, List.of("interface", "endpoint_type"));
        LOGIN_KEYS.forEach(this::spell);
        domainForBoth("domain_id", "user_domain_id", "project_domain_id");
        domainForBoth("domain_name", "user_domain_name", "project_domain_name");
        auth = underscored(auth);
        beside = underscored(beside);
    }

    private static Map<String, List<String>> loginKeys() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        for (String key : List.of(
                "domain_id",
                "domain_name",
                "user_domain_id",
                "user_domain_name",
                "project_domain_id",
                "project_domain_name")) {
            keys.put(key, List.of(key, key.replace('_', '-')));
        }
        keys.put("token", List.of("auth-token", "auth_token", "token"));
        keys.put("passcode", List.of("passcode"));
        keys.put("project_id", List.of("tenant_id", "tenant-id", "project_id", "project-id"));
        keys.put("project_name", List.of("tenant_name", "tenant-name", "project_name", "project-name"));
        return keys;
    }

    /** Why openstacksdk would not take the entry, or would take another cloud or region than could be said here. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** The entry cannot be taken as openstacksdk takes it, for this reason. */
    void refuse(String why) {
        problems.add(why);
    }

    /** Why it cannot be told which login openstacksdk would take. */
    List<String> doubts() {
        return List.copyOf(doubts);
    }

    /** The region's setting; null where openstacksdk takes none. */
    Setting region() {
        return region;
    }

    /** Which endpoints; null where nothing is said. */
    Setting facing() {
        return facing;
    }

    /** The kind of login; null for the default, {@code password}. */
    Setting kind() {
        return kind;
    }

    /** A setting of the login: that of auth, or else the one beside it; null where it is not said. It is not left over then. */
    Setting ofLogin(String... spellings) {
        Setting inAuth = first(auth, spellings);
        Setting outside = first(beside, spellings);
        if (inAuth != null && inAuth.isSaid()) {
            if (outside != null) {
                overruled(outside, inAuth);
            }
            return inAuth;
        }
        return outside != null && outside.isSaid() ? outside : inAuth != null ? inAuth : outside;
    }

    /** A setting beside auth; null where there is none. It is not left over then. */
    Setting beside(String key) {
        return beside.remove(key);
    }

    /** What of the login nobody has asked for. */
    List<Setting> leftOfLogin() {
        return List.copyOf(auth.values());
    }

    /** What beside the login nobody has asked for. */
    List<Setting> leftBeside() {
        return List.copyOf(beside.values());
    }

    private Setting first(Map<String, Setting> map, String... spellings) {
        Setting found = null;
        for (String spelling : spellings) {
            Setting setting = map.remove(spelling);
            if (setting != null && found == null) {
                found = setting;
            } else if (setting != null) {
                overruled(setting, found);
            }
        }
        return found;
    }

    /** Of several keys the last that is there; null when none is. */
    private Setting last(Map<String, Setting> map, List<String> keys) {
        Setting found = null;
        for (String key : keys) {
            Setting setting = map.remove(key);
            if (setting != null && found != null) {
                overruled(found, setting);
            }
            found = setting == null ? found : setting;
        }
        return found;
    }

    private void overruled(Setting setting, Setting by) {
        notes.add(setting.where() + ": not taken, for " + by.where() + " counts before it, as with openstacksdk");
    }

    private void login(Setting setting, String where) {
        if (setting == null) {
            return;
        }
        if (!setting.value().isObject()) {
            problems.add(where + ": it is no map of settings");
            return;
        }
        setting.value().properties().forEach(each -> {
            Setting before = auth.get(each.getKey());
            Setting now = new Setting(where + "." + each.getKey(), each.getValue());
            if (before != null) {
                overruled(before, now);
            }
            auth.put(each.getKey(), now);
        });
    }

    private Setting kindOf() {
        Setting wanted = beside.remove("auth_type");
        for (String other : List.of("auth_plugin", "auth-type")) {
            Setting setting = beside.remove(other);
            if (setting != null) {
                notes.add(
                        setting.where() + ": not taken, for openstacksdk reads the kind of login from auth_type alone");
            }
        }
        return wanted;
    }

    /** The region that openstacksdk takes unless another is asked for: regions count before region_name, and the first of them. */
    private Setting regionOf(JsonNode entry) {
        Setting named = last(
                beside,
                entry.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(key -> key.replace('-', '_').equals(REGION))
                        .toList());
        Setting list = beside.remove(REGIONS);
        if (list == null) {
            return named == null ? null : firstName(named);
        }
        if (named != null) {
            overruled(named, list);
        }
        if (!list.value().isArray()) {
            problems.add(list.where() + ": it is no list");
            return null;
        }
        if (list.value().size() > 1) {
            several(list);
        }
        return list.value().isEmpty() ? null : ofList(list.value().get(0), list.where() + "[0]");
    }

    private void several(Setting list) {
        notes.add(list.where()
                + ": there are several; the first is taken, as openstacksdk does unless it is told another; add one cloud here"
                + " for each of the others, with its region filled in");
    }

    private Setting ofList(JsonNode region, String where) {
        if (!region.isObject()) {
            return new Setting(where, region);
        }
        JsonNode name = region.get("name");
        if (name == null || !Set.of("name", "values").containsAll(names(region))) {
            problems.add(
                    where + ": it must have a 'name', may have 'values', and nothing else, or openstacksdk refuses it");
            return null;
        }
        JsonNode values = region.path("values");
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            regional(new Setting(where + ".values." + value.getKey(), value.getValue()), value.getKey());
        }
        return new Setting(where + ".name", name);
    }

    /** A value of the region counts before the cloud's own. */
    private void regional(Setting setting, String key) {
        if (setting.value().isNull()) {
            notes.add(setting.where() + ": it is empty, and so not taken");
        } else if (key.equals(AUTH)) {
            login(setting, setting.where());
        } else if (key.replace('-', '_').equals(REGION) || key.equals(REGIONS)) {
            notes.add(setting.where() + ": not taken, for a region is named by its 'name'");
        } else {
            Setting before = beside.get(key);
            if (before != null) {
                overruled(before, setting);
            }
            beside.put(key, setting);
        }
    }

    private static List<String> names(JsonNode map) {
        return map.properties().stream().map(Map.Entry::getKey).toList();
    }

    /** A single region_name may be a list or hold commas. */
    private Setting firstName(Setting named) {
        JsonNode value = named.value();
        if (value.isArray()) {
            if (value.size() > 1) {
                several(named);
            }
            return value.isEmpty() ? null : new Setting(named.where(), value.get(0));
        }
        if (value.isTextual() && value.textValue().contains(",")) {
            several(named);
            String first = value.textValue().split(",", -1)[0];
            return new Setting(named.where(), TextNode.valueOf(first));
        }
        return named;
    }

    private void spell(String key, List<String> spellings) {
        Setting found = null;
        for (String spelling : spellings) {
            Setting inAuth = auth.remove(spelling);
            Setting outside = beside.remove(spelling);
            if (inAuth != null && outside != null && !inAuth.value().equals(outside.value())) {
                // story 2010784
                doubts.add(
                        outside.where() + " and " + inAuth.where() + ": older versions of openstacksdk take the one in"
                                + " auth, newer ones the other; leave one of them");
            }
            for (Setting setting : Arrays.asList(inAuth, outside)) {
                if (setting != null && found != null) {
                    overruled(found, setting);
                }
                found = setting == null ? found : setting;
            }
        }
        if (found != null && (found.isSaid() || found.value().isNull())) {
            auth.put(key, found);
        } else if (found != null) {
            notes.add(found.where() + ": it is empty, and so not taken");
        }
    }

    /** With a project, a domain that is said once is the user's and the project's where these are not said. */
    private void domainForBoth(String once, String ofUser, String ofProject) {
        if (!auth.containsKey("project_id") && !auth.containsKey("project_name")) {
            return;
        }
        Setting domain = auth.remove(once);
        if (domain == null) {
            return;
        }
        List<String> open = List.of(ofUser, ofProject).stream()
                .filter(key -> !auth.containsKey(key))
                .toList();
        open.forEach(key -> auth.put(key, domain));
        notes.add(domain.where()
                + (open.isEmpty()
                        ? ": not taken, for the user's and the project's domain are said"
                        : ": taken for " + String.join(" and ", open) + ", as openstacksdk does"));
    }

    private Map<String, Setting> underscored(Map<String, Setting> map) {
        Map<String, Setting> plain = new LinkedHashMap<>();
        map.forEach((key, setting) -> {
            Setting before = plain.put(key.replace('-', '_'), setting);
            if (before != null) {
                overruled(before, setting);
            }
        });
        // openstacksdk reads interface and endpoint_type before it reads hyphens, so these are not of them
        for (String late : List.of("endpoint_type", "interface")) {
            Setting setting = map == beside ? plain.get(late) : null;
            if (setting != null) {
                plain.remove(late);
                notes.add(setting.where() + ": not taken, for openstacksdk knows it only with an underscore");
            }
        }
        return plain;
    }
}
