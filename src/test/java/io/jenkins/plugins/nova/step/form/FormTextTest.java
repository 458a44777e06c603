package io.jenkins.plugins.nova.step.form;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertSame;

import java.lang.reflect.Type;
import org.junit.Test;
import org.kohsuke.stapler.BindInterceptor;

public class FormTextTest {

    private final FormText text = new FormText(new BindInterceptor() {
        @Override
        public Object onConvert(Type targetType, Class type, Object source) {
            return "left to the next: " + source;
        }
    });

    @Test
    public void textReachesAParameterOfAnyType() {
        assertEquals("web1", text.onConvert(Object.class, Object.class, " web1 "));
        assertEquals(true, text.onConvert(Object.class, Object.class, "true"));
        assertEquals(false, text.onConvert(Object.class, Object.class, "false"));
        assertNull(text.onConvert(Object.class, Object.class, " "));
    }

    @Test
    public void everythingElseIsLeftToStapler() {
        assertEquals("left to the next: web1", text.onConvert(String.class, String.class, "web1"));
        assertEquals("left to the next: 3", text.onConvert(Object.class, Object.class, 3));
        assertSame(BindInterceptor.DEFAULT, new FormText(BindInterceptor.NOOP).onConvert(int.class, int.class, "3"));
    }
}
