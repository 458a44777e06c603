package io.jenkins.plugins.nova.rehearsal.jenkins;

import groovy.lang.GString;
import hudson.model.Result;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;

/** Which values of a Jenkinsfile fit which parameter types: what DescribableModel of the structs plugin converts. */
final class Coercion {
    private Coercion() {}

    /**
     * Fits a value to a type.
     *
     * @param where class and parameter, for the message
     * @throws ClassCastException if it does not fit
     */
    static Object coerce(String where, Type type, Object given) {
        Class<?> erased = erasure(type);
        Object value = given instanceof GString text ? text.toString() : given;
        if (value == null) {
            return erased.isPrimitive() ? Array.get(Array.newInstance(erased, 1), 0) : null;
        }
        Class<?> boxed = boxed(erased);
        if (value instanceof List<?> list && Collection.class.isAssignableFrom(erased)) {
            List<Object> elements = elements(where, elementType(type), list);
            return Set.class.isAssignableFrom(erased) ? new LinkedHashSet<>(elements) : elements;
        }
        if (boxed.isInstance(value)) {
            return value;
        }
        if (value instanceof List<?> list && erased.isArray()) {
            List<Object> elements = elements(where, erased.getComponentType(), list);
            return elements.toArray((Object[]) Array.newInstance(erased.getComponentType(), elements.size()));
        }
        if (value instanceof Number && Number.class.isAssignableFrom(boxed)) {
            return DefaultTypeTransformation.castToType(value, boxed);
        }
        if (value instanceof String text) {
            return fromText(where, erased, boxed, text);
        }
        throw mismatch(where, type, value);
    }

    private static Object fromText(String where, Class<?> erased, Class<?> boxed, String text) {
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
            try {
                return DefaultTypeTransformation.castToType(new java.math.BigDecimal(text.trim()), boxed);
            } catch (NumberFormatException notANumber) {
                throw mismatch(where, erased, text);
            }
        }
        throw mismatch(where, erased, text);
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

    private static Class<?> erasure(Type type) {
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
