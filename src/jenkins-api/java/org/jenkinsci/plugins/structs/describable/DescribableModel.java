package org.jenkinsci.plugins.structs.describable;

import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Makes an object from named arguments: the {@code @DataBoundConstructor} takes its parameters by name,
 * {@code @DataBoundSetter}s the others. As on a controller an argument of a name that is not there is no reason to fail, and
 * a failure of any kind is an IllegalArgumentException that has it as its cause.
 */
public final class DescribableModel<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final transient Constructor<?> constructor;
    private final transient Map<String, Setter> setters = new TreeMap<>();

    /** Sets one optional parameter. */
    private interface Setter {
        java.lang.reflect.Type type();

        void set(Object object, Object value) throws ReflectiveOperationException;
    }

    private record MethodSetter(Method method) implements Setter {
        @Override
        public java.lang.reflect.Type type() {
            return method.getGenericParameterTypes()[0];
        }

        @Override
        public void set(Object object, Object value) throws ReflectiveOperationException {
            method.invoke(object, value);
        }
    }

    private record FieldSetter(Field field) implements Setter {
        @Override
        public java.lang.reflect.Type type() {
            return field.getGenericType();
        }

        @Override
        public void set(Object object, Object value) throws ReflectiveOperationException {
            field.set(object, value);
        }
    }

    public DescribableModel(Class<T> a0) {
        type = a0;
        List<Constructor<?>> bound = Arrays.stream(type.getConstructors())
                .filter(each -> each.isAnnotationPresent(DataBoundConstructor.class))
                .toList();
        if (bound.size() != 1) {
            throw new IllegalArgumentException(
                    type.getName() + " has " + bound.size() + " public @DataBoundConstructor, not one");
        }
        constructor = bound.get(0);
        for (Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            Arrays.stream(level.getDeclaredMethods())
                    .filter(each -> each.isAnnotationPresent(DataBoundSetter.class))
                    .forEach(this::add);
            Arrays.stream(level.getDeclaredFields())
                    .filter(each -> each.isAnnotationPresent(DataBoundSetter.class))
                    .forEach(each -> setters.putIfAbsent(each.getName(), new FieldSetter(each)));
        }
    }

    private void add(Method method) {
        if (!method.getName().startsWith("set") || method.getParameterCount() != 1) {
            throw new IllegalArgumentException(method + " is no setter, but has @DataBoundSetter");
        }
        String property = method.getName().substring(3);
        setters.putIfAbsent(
                property.substring(0, 1).toLowerCase(Locale.ROOT) + property.substring(1), new MethodSetter(method));
    }

    public static <T> DescribableModel<T> of(Class<T> a0) {
        return new DescribableModel<>(a0);
    }

    public Class<T> getType() {
        return type;
    }

    public Collection<DescribableParameter> getParameters() {
        Map<String, DescribableParameter> all = new LinkedHashMap<>();
        for (Parameter parameter : constructor.getParameters()) {
            all.put(
                    parameter.getName(),
                    new DescribableParameter(parameter.getName(), parameter.getParameterizedType(), true));
        }
        setters.forEach((name, setter) -> all.putIfAbsent(name, new DescribableParameter(name, setter.type(), false)));
        return all.values();
    }

    public DescribableParameter getSoleRequiredParameter() {
        return constructor.getParameterCount() == 1 ? getParameters().iterator().next() : null;
    }

    public T instantiate(Map<String, ?> a0) throws IllegalArgumentException {
        try {
            return made(a0);
        } catch (InvocationTargetException e) {
            throw failed(a0, e.getCause());
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw failed(a0, e);
        }
    }

    private IllegalArgumentException failed(Map<String, ?> arguments, Throwable cause) {
        return new IllegalArgumentException(
                "Could not instantiate " + arguments + " for " + type.getName() + ": " + cause, cause);
    }

    private T made(Map<String, ?> arguments) throws ReflectiveOperationException {
        Parameter[] parameters = constructor.getParameters();
        Object[] values = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            String name = parameters[i].getName();
            values[i] = coerce(name, parameters[i].getParameterizedType(), arguments.get(name));
        }
        T object = type.cast(constructor.newInstance(values));
        for (Map.Entry<String, Setter> setter : setters.entrySet()) {
            String name = setter.getKey();
            if (arguments.containsKey(name)) {
                Object value = coerce(name, setter.getValue().type(), arguments.get(name));
                setter.getValue().set(object, value);
            }
        }
        return object;
    }

    private Object coerce(String parameter, java.lang.reflect.Type wanted, Object given) {
        return Coercion.coerce(type.getName() + "." + parameter, wanted, given);
    }
}
