package org.jenkinsci.plugins.structs.describable;

import java.lang.reflect.Type;

public final class DescribableParameter {
    private final String name;
    private final Type type;
    private final boolean required;

    DescribableParameter(String name, Type type, boolean required) {
        this.name = name;
        this.type = type;
        this.required = required;
    }

    public Type getRawType() {
        return type;
    }

    public Class getErasedType() {
        return Coercion.erasure(type);
    }

    public String getName() {
        return name;
    }

    public boolean isRequired() {
        return required;
    }
}
