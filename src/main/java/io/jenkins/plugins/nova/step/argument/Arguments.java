package io.jenkins.plugins.nova.step.argument;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.nova.api.BlockMigration;
import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.drain.DrainOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads what pipelines give as arguments; what is wrong is said with the parameter, the value and the way out. */
public final class Arguments {

    private static final String OCTAVIA = "octavia";

    /** The word for what the plugin is to find out by itself. */
    public static final String AUTO = "auto";

    private Arguments() {}

    /** A number that was written as a text as a number, nothing as {@link #AUTO}, and all else as it is. */
    public static Object numberOrAuto(Object given) {
        Object plain = Plain.of(given);
        String text = plain == null ? "" : String.valueOf(plain).strip();
        if (text.isEmpty()) {
            return AUTO;
        }
        try {
            return plain instanceof Boolean ? plain : Integer.valueOf(new BigDecimal(text).intValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return text; // which is told with its value when the step begins
        }
    }

    /**
     * {@code 'auto'}, or a whole number from 1 on.
     *
     * @return {@link DrainOrder#AUTO} for auto
     * @throws AbortException for anything else
     */
    public static int concurrency(Object value) throws AbortException {
        if (AUTO.equals(value)) {
            return DrainOrder.AUTO;
        }
        check(
                "concurrency",
                value instanceof Integer number && number >= 1,
                value,
                "give 'auto', or a whole number from 1 on");
        return (Integer) value;
    }

    /**
     * @param good whether the value will do
     * @throws AbortException if not, naming the parameter, the value and the way out
     */
    public static void check(String parameter, boolean good, Object value, String wayOut) throws AbortException {
        if (!good) {
            throw new AbortException(parameter + ": '" + value + "' will not do; " + wayOut + ".");
        }
    }

    /** Whether a text is an id as Nova, Glance and Neutron make them. */
    public static boolean isUuid(String text) {
        return text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    }

    /** A host's name, exactly as given; blanks around it are refused, not removed. */
    public static String host(String parameter, String value) throws AbortException {
        if (Util.fixEmptyAndTrim(value) == null) {
            throw new AbortException(
                    parameter + ": is missing; name the compute host as 'openstack compute service list' shows it.");
        }
        check(
                parameter,
                value.equals(value.strip()),
                value,
                "it begins or ends with a blank; host names are taken exactly");
        return value;
    }

    /** A host's name, or null when none is given. */
    public static String optionalHost(String parameter, String value) throws AbortException {
        return Util.fixEmpty(value) == null ? null : host(parameter, value);
    }

    /** One text, or a list of them: ids or names, without repetition. */
    public static List<String> names(String parameter, Object given) throws AbortException {
        Object value = Plain.of(given);
        List<String> names = new ArrayList<>();
        check(parameter, !(value instanceof Map), value, "give one id or exact name, or a list of them");
        if (value instanceof Collection<?> many) {
            for (Object one : many) {
                check(parameter, one != null && !String.valueOf(one).isBlank(), value, "one of its entries is empty");
                check(
                        parameter,
                        one instanceof String || one instanceof Number,
                        one,
                        "each entry of the list is to be an id or an exact name");
                names.add(String.valueOf(one));
            }
        } else if (value != null && !String.valueOf(value).isBlank()) {
            names.add(String.valueOf(value));
        }
        return names.stream().distinct().toList();
    }

    /**
     * Services beside Nova that have a setting of the host, by their words; Octavia, which has none, is told by {@link #amphorae}.
     *
     * @return null for none said, which is all that there are; empty for {@code 'none'} and an empty list
     * @throws AbortException when one is unknown
     */
    public static List<HostSetting.Kind> hostSettings(String parameter, Object given) throws AbortException {
        Object value = Plain.of(given);
        if (value == null || (value instanceof String text && text.isBlank())) {
            return null;
        }
        List<HostSetting.Kind> kinds = new ArrayList<>();
        List<String> names = words(parameter, value);
        for (String name : names.equals(List.of("none")) ? List.<String>of() : names) {
            if (name.equalsIgnoreCase(OCTAVIA)) {
                continue;
            }
            List<HostSetting.Kind> meant = Arrays.stream(HostSetting.Kind.values())
                    .filter(one -> one.word().equalsIgnoreCase(name))
                    .toList();
            String all = Arrays.stream(HostSetting.Kind.values())
                    .map(one -> "'" + one.word() + "', ")
                    .distinct()
                    .collect(Collectors.joining("", "", "'" + OCTAVIA + "'"));
            check(parameter, !meant.isEmpty(), name, "it is " + all + " or 'none'; left out, what the cloud has");
            kinds.addAll(meant);
        }
        return kinds;
    }

    /** As {@link #names}, for words of ours: none has a comma in it, so a form's text may have several with commas. */
    private static List<String> words(String parameter, Object value) throws AbortException {
        return names(
                parameter, value instanceof String text ? List.of(text.strip().split("\\s*,\\s*", -1)) : value);
    }

    /** What becomes of amphorae by the same parameter, which {@link #hostSettings} has found in order. */
    public static DrainOrder.Amphorae amphorae(String parameter, Object given) throws AbortException {
        Object value = Plain.of(given);
        if (value == null || (value instanceof String text && text.isBlank())) {
            return DrainOrder.Amphorae.AS_FOUND;
        }
        return words(parameter, value).stream().anyMatch(OCTAVIA::equalsIgnoreCase)
                ? DrainOrder.Amphorae.FAILED_OVER
                : DrainOrder.Amphorae.AS_SERVERS;
    }

    /**
     * As {@link #names}; true for all, which is {@code *}, and false for none. The texts {@code true} and {@code *} are refused:
     * an owner may name a server so, and a pipeline collect its name from a plan.
     */
    public static List<String> namesOrAll(String parameter, Object value) throws AbortException {
        if (Plain.of(value) instanceof Boolean all) {
            return all ? List.of("*") : List.of();
        }
        List<String> names = names(parameter, value);
        for (String name : names) {
            check(
                    parameter,
                    !name.equals("*") && !name.equals("true"),
                    name,
                    "for all servers say true, without quotes; for one that is named so give its id");
        }
        return names.equals(List.of("false")) ? List.of() : names;
    }

    /** One of an enum's names as Jenkins writes them: {@code forceComplete} for {@code FORCE_COMPLETE}. */
    public static <E extends Enum<E>> E choice(String parameter, String value, Class<E> type) throws AbortException {
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(value)) {
                return constant;
            }
        }
        throw new AbortException(parameter + ": '" + value + "' will not do; give one of "
                + String.join(
                        ", ",
                        Arrays.stream(type.getEnumConstants())
                                .map(constant -> "'" + word(constant) + "'")
                                .toList())
                + ".");
    }

    /** {@code forceComplete} for {@code FORCE_COMPLETE}. */
    public static String word(Enum<?> constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.name().toLowerCase(Locale.ROOT).split("_")) {
            word.append(word.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        }
        return word.toString();
    }

    /** {@code 'auto'}, true or false. */
    public static BlockMigration blockMigration(Object value) throws AbortException {
        return switch (String.valueOf(value)) {
            case "auto" -> BlockMigration.AUTO;
            case "true" -> BlockMigration.TRUE;
            case "false" -> BlockMigration.FALSE;
            default ->
                throw new AbortException("blockMigration: '" + value + "' will not do; give 'auto', true or false.");
        };
    }
}
