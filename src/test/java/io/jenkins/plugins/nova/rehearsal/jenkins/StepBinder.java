package io.jenkins.plugins.nova.rehearsal.jenkins;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Makes a step from named arguments, as structs' DescribableModel does on a controller: the {@code @DataBoundConstructor}
 * takes its parameters by name, {@code @DataBoundSetter}s the others.
 */
public final class StepBinder {
    private final Class<? extends Step> type;
    private final Constructor<?> constructor;
    private final Map<String, Setter> setters = new LinkedHashMap<>();

    /** Sets one optional parameter. */
    private interface Setter {
        Type type();

        void set(Object step, Object value) throws ReflectiveOperationException;
    }

    private record MethodSetter(Method method) implements Setter {
        @Override
        public Type type() {
            return method.getGenericParameterTypes()[0];
        }

        @Override
        public void set(Object step, Object value) throws ReflectiveOperationException {
            method.invoke(step, value);
        }
    }

    private record FieldSetter(Field field) implements Setter {
        @Override
        public Type type() {
            return field.getGenericType();
        }

        @Override
        public void set(Object step, Object value) throws ReflectiveOperationException {
            field.set(step, value);
        }
    }

    /**
     * @param type a step class
     * @throws IllegalArgumentException if it has no single public {@code @DataBoundConstructor}
     */
    public StepBinder(Class<? extends Step> type) {
        this.type = type;
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

    /** The names of the constructor's parameters, in its order. */
    public List<String> required() {
        return Arrays.stream(constructor.getParameters())
                .map(Parameter::getName)
                .toList();
    }

    /** All parameter names: the constructor's, then the others sorted. */
    public List<String> parameters() {
        return java.util.stream.Stream.concat(
                        required().stream(), setters.keySet().stream().sorted())
                .toList();
    }

    /** The parameter that a single unnamed argument means, or null: the only one that the constructor takes. */
    public String sole() {
        return constructor.getParameterCount() == 1 ? required().get(0) : null;
    }

    /**
     * Makes the step.
     *
     * @param arguments by name; those left out keep their defaults
     * @return the step
     * @throws Exception an argument of the wrong type names parameter, type and what was given; what the constructor or a
     *     setter throws is passed on
     */
    public Step bind(Map<String, Object> arguments) throws Exception {
        Parameter[] parameters = constructor.getParameters();
        Object[] values = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            values[i] = coerce(
                    parameters[i].getName(),
                    parameters[i].getParameterizedType(),
                    arguments.get(parameters[i].getName()));
        }
        try {
            Step step = type.cast(constructor.newInstance(values));
            for (Map.Entry<String, Setter> setter : setters.entrySet()) {
                if (arguments.containsKey(setter.getKey()) && !required().contains(setter.getKey())) {
                    Object given = arguments.get(setter.getKey());
                    setter.getValue()
                            .set(step, coerce(setter.getKey(), setter.getValue().type(), given));
                }
            }
            return step;
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw thrown;
        }
    }

    private Object coerce(String parameter, Type wanted, Object given) {
        return Coercion.coerce(type.getSimpleName() + "." + parameter, wanted, given);
    }
}
