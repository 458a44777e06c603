package io.jenkins.plugins.nova.step.form;

import java.lang.reflect.Type;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.BindInterceptor;

/**
 * Lets the text of a form's field through to a parameter that takes several types in a Pipeline (declared as Object): Stapler
 * has no conversion to Object and would refuse the form. Empty text is null, {@code true} and {@code false} are what they say.
 */
final class FormText extends BindInterceptor {

    private final BindInterceptor next;

    FormText(BindInterceptor next) {
        this.next = next;
    }

    @Override
    public Object onConvert(Type targetType, Class type, Object source) {
        if (type != Object.class || !(source instanceof String text)) {
            return next.onConvert(targetType, type, source);
        }
        return switch (text.strip()) {
            case "" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> text.strip();
        };
    }

    @Override
    public Object instantiate(Class type, JSONObject json) {
        return next.instantiate(type, json);
    }
}
