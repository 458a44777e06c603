package io.jenkins.plugins.nova.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.util.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Makes an object of a map and a map of an object as Jenkins's means of configuration do: the data-bound constructor takes its
 * parameters by name, data-bound setters the rest, getters of the same names tell it back, and what is as a new object has it
 * is left out.
 */
public final class DataBound<T> {

    private final Constructor<T> constructor;
    private final Map<String, Method> setters = new LinkedHashMap<>();

    @SuppressWarnings("unchecked")
    private DataBound(Class<T> type) {
        constructor = (Constructor<T>) Arrays.stream(type.getConstructors())
                .filter(each -> each.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElseThrow();
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                setters.put(
                        Character.toLowerCase(method.getName().charAt(3))
                                + method.getName().substring(4),
                        method);
            }
        }
    }

    /** Of a class with a data-bound constructor. */
    public static <T> DataBound<T> of(Class<T> type) {
        return new DataBound<>(type);
    }

    /** The names that a map has. */
    public static Set<String> names(ObjectNode map) {
        Set<String> names = new TreeSet<>();
        map.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The names of all that can be set. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(setters.keySet());
        Arrays.stream(constructor.getParameters()).map(Parameter::getName).forEach(names::add);
        return names;
    }

    /** The type of what is set by a name. */
    public Class<?> type(String name) {
        return setters.containsKey(name)
                ? setters.get(name).getParameterTypes()[0]
                : Arrays.stream(constructor.getParameters())
                        .filter(parameter -> parameter.getName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("nothing is called " + name))
                        .getType();
    }

    /** An object of a map. */
    public T configure(ObjectNode map) throws ReflectiveOperationException {
        Object[] arguments = Arrays.stream(constructor.getParameters())
                .map(parameter -> value(map.path(parameter.getName()), parameter.getType()))
                .toArray();
        T object = constructor.newInstance(arguments);
        for (String name : names(map)) {
            if (setters.containsKey(name)) {
                setters.get(name).invoke(object, value(map.path(name), type(name)));
            } else {
                type(name); // a parameter of the constructor, or nothing of that name
            }
        }
        return object;
    }

    /** A map of an object; what is as in a new one of the same constructor's parameters is left out. */
    public ObjectNode export(T object) throws ReflectiveOperationException {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        for (Parameter parameter : constructor.getParameters()) {
            put(map, parameter.getName(), get(object, parameter.getName()));
        }
        T fresh = configure(map.deepCopy());
        for (String name : setters.keySet()) {
            Object value = get(object, name);
            Object usual = get(fresh, name);
            if (value == null ? usual != null : !value.equals(usual)) {
                put(map, name, value);
            }
        }
        return map;
    }

    /** The names of what can be left out. */
    public Set<String> setters() {
        return new TreeSet<>(setters.keySet());
    }

    /** Sets one of {@link #setters}. */
    public void set(T object, String name, Object value) throws ReflectiveOperationException {
        setters.get(name).invoke(object, value);
    }

    /** What the getter of a name tells. */
    public Object get(T object, String name) throws ReflectiveOperationException {
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        Class<?> type = type(name);
        Method getter = object.getClass().getMethod((type == boolean.class ? "is" : "get") + capital);
        if (getter.getReturnType() != type) {
            throw new AssertionError(getter + " does not give what is set, " + type);
        }
        return getter.invoke(object);
    }

    private static void put(ObjectNode map, String name, Object value) {
        if (value instanceof Integer number) {
            map.put(name, number);
        } else if (value instanceof Boolean truth) {
            map.put(name, truth);
        } else if (value instanceof Secret secret) {
            map.put(name, secret.getEncryptedValue());
        } else if (value != null) {
            map.put(name, value.toString());
        }
    }

    private static Object value(JsonNode node, Class<?> type) {
        if (node.isMissingNode()) {
            return null;
        }
        if (type == Integer.class) {
            return node.intValue();
        }
        if (type == Secret.class) {
            Secret decrypted = Secret.decrypt(node.textValue());
            return decrypted == null ? Secret.fromString(node.textValue()) : decrypted;
        }
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.toString().equals(node.textValue()))
                        .findFirst()
                        .orElseThrow()
                : node.textValue();
    }
}
