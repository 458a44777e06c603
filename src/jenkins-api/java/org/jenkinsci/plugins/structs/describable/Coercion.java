package org.jenkinsci.plugins.structs.describable;

import hudson.ExtensionList;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Result;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.Symbol;

/**
 * Which values of a Jenkinsfile fit which parameter types. Null fits any: it is handed to the setter, and where that takes a
 * primitive type reflection refuses it.
 */
final class Coercion {
    private Coercion() {}

    static Object coerce(String where, Type type, Object given) {
        Class<?> erased = erasure(type);
        // Groovy's own strings are no String
        Object value = given instanceof CharSequence text ? text.toString() : given;
        if (value == null) {
            return null;
        }
        Class<?> boxed = boxed(erased);
        if (value instanceof List<?> list && Collection.class.isAssignableFrom(erased)) {
            List<Object> elements = elements(where, elementType(type), list);
            return Set.class.isAssignableFrom(erased) ? new LinkedHashSet<>(elements) : elements;
        }
        if (boxed.isInstance(value)) {
            return value;
        }
        if (value instanceof UninstantiatedDescribable described) {
            return described(erased, described);
        }
        if (value instanceof Map<?, ?> map && Describable.class.isAssignableFrom(erased)) {
            Map<String, Object> named = new LinkedHashMap<>();
            map.forEach((name, each) -> named.put((String) name, each));
            Object name = named.remove("$class");
            Class<?> meant = name == null ? erased : named(erased, name.toString());
            return new DescribableModel<>(meant).instantiate(named);
        }
        if (value instanceof List<?> list && erased.isArray()) {
            List<Object> elements = elements(where, erased.getComponentType(), list);
            return elements.toArray((Object[]) Array.newInstance(erased.getComponentType(), elements.size()));
        }
        if (value instanceof Number number && Number.class.isAssignableFrom(boxed)) {
            return number(where, type, boxed, number.toString(), number);
        }
        if (value instanceof String text) {
            return fromText(where, type, erased, boxed, text);
        }
        throw mismatch(where, type, value);
    }

    /** The class of that name, simple or in full, that is an implementation of the one that is wanted. */
    private static Class<?> named(Class<?> erased, String type) {
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            Class<?> known = descriptor.clazz;
            if (erased.isAssignableFrom(known)
                    && (known.getSimpleName().equals(type) || known.getName().equals(type))) {
                return known;
            }
        }
        throw new UnsupportedOperationException("no known implementation of " + erased + " is named " + type);
    }

    private static Object described(Class<?> erased, UninstantiatedDescribable described) {
        for (Descriptor<?> descriptor : ExtensionList.lookup(Descriptor.class)) {
            Symbol symbol = descriptor.getClass().getAnnotation(Symbol.class);
            if (symbol != null
                    && Arrays.asList(symbol.value()).contains(described.getSymbol())
                    && erased.isAssignableFrom(descriptor.clazz)) {
                return new DescribableModel<>(descriptor.clazz).instantiate(described.getArguments());
            }
        }
        throw new UnsupportedOperationException(
                "no known implementation of " + erased + " is using symbol ‘" + described.getSymbol() + "’");
    }

    private static Object fromText(String where, Type type, Class<?> erased, Class<?> boxed, String text) {
        if (erased.isEnum()) {
            for (Object constant : erased.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException(
                    where + " must be one of " + List.of(erased.getEnumConstants()) + ", not '" + text + "'");
        }
        if (erased == Result.class) {
            return Result.fromString(text);
        }
        if (boxed == Boolean.class) {
            return Boolean.valueOf(text);
        }
        if (boxed == Character.class && text.length() == 1) {
            return text.charAt(0);
        }
        if (Number.class.isAssignableFrom(boxed)) {
            return number(where, type, boxed, text, text);
        }
        throw mismatch(where, type, text);
    }

    private static Object number(String where, Type type, Class<?> boxed, String digits, Object given) {
        try {
            BigDecimal number = new BigDecimal(digits.strip());
            return switch (boxed.getSimpleName()) {
                case "Integer" -> number.intValue();
                case "Long" -> number.longValue();
                case "Double" -> number.doubleValue();
                default -> throw mismatch(where, type, given);
            };
        } catch (NumberFormatException notANumber) {
            throw mismatch(where, type, given);
        }
    }

    private static List<Object> elements(String where, Type type, List<?> list) {
        List<Object> fitted = new ArrayList<>();
        list.forEach(element -> fitted.add(coerce(where, type, element)));
        return fitted;
    }

    private static ClassCastException mismatch(String where, Type type, Object value) {
        return new ClassCastException(where + " expects " + type.getTypeName() + " but received '" + value + "' of "
                + value.getClass().getName());
    }

    private static Type elementType(Type type) {
        return type instanceof ParameterizedType parameterized
                ? parameterized.getActualTypeArguments()[0]
                : Object.class;
    }

    static Class<?> erasure(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        return Object.class;
    }

    private static Class<?> boxed(Class<?> type) {
        return type.isPrimitive()
                ? java.lang.invoke.MethodType.methodType(type).wrap().returnType()
                : type;
    }
}
