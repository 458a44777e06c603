package io.jenkins.plugins.nova.rehearsal.jenkins;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import groovy.lang.GString;
import hudson.AbortException;
import hudson.model.Result;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.GStringImpl;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.Test;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

public class StepBinderTest {
    public enum Colour {
        RED
    }

    public static final class Sample extends Step {
        private final String host;
        private int count = 7;
        private boolean flag;
        private Colour colour;
        private Result result;
        private List<String> names;
        private Object any;

        @DataBoundSetter
        public Long direct;

        @DataBoundConstructor
        public Sample(String host) {
            this.host = host;
        }

        @DataBoundSetter
        public void setCount(int count) throws AbortException {
            if (count < 0) {
                throw new AbortException("count must not be negative");
            }
            this.count = count;
        }

        @DataBoundSetter
        public void setFlag(boolean flag) {
            this.flag = flag;
        }

        @DataBoundSetter
        public void setColour(Colour colour) {
            this.colour = colour;
        }

        @DataBoundSetter
        public void setResult(Result result) {
            this.result = result;
        }

        @DataBoundSetter
        public void setNames(List<String> names) {
            this.names = names;
        }

        @DataBoundSetter
        public void setAny(Object any) {
            this.any = any;
        }

        @Override
        public StepExecution start(StepContext context) {
            throw new UnsupportedOperationException();
        }
    }

    private final StepBinder binder = new StepBinder(Sample.class);

    private static GString interpolated(String text) {
        return new GStringImpl(new Object[] {text}, new String[] {"", ""});
    }

    private Sample bind(String parameter, Object value) throws Exception {
        return (Sample) binder.bind(Map.of("host", "c1", parameter, value));
    }

    @Test
    public void namesOfItsParameters() {
        assertEquals(List.of("host"), binder.required());
        assertEquals("host", binder.sole());
        assertEquals(
                List.of("host", "any", "colour", "count", "direct", "flag", "names", "result"), binder.parameters());
    }

    @Test
    public void valuesAreConvertedAsOnAController() throws Exception {
        assertEquals("c1", bind("host2", 1).host);
        assertEquals("c2", ((Sample) binder.bind(Map.of("host", interpolated("c2")))).host);
        assertEquals(3, bind("count", "3").count);
        assertEquals(3, bind("count", 3L).count);
        assertEquals(Long.valueOf(3), bind("direct", 3).direct);
        assertTrue(bind("flag", "true").flag);
        assertEquals(Colour.RED, bind("colour", "RED").colour);
        assertEquals(Result.UNSTABLE, bind("result", "UNSTABLE").result);
        assertEquals(List.of("a", "b"), bind("names", List.of("a", interpolated("b"))).names);
        assertEquals(true, bind("any", true).any);
        assertEquals(List.of("a"), bind("any", List.of("a")).any);
    }

    @Test
    public void whatIsLeftOutKeepsItsDefault() throws Exception {
        Sample sample = (Sample) binder.bind(Map.of());
        assertNull(sample.host);
        assertEquals(7, sample.count);
    }

    @Test
    public void whatDoesNotFitNamesParameterAndValue() {
        ClassCastException wrong = assertThrows(ClassCastException.class, () -> bind("count", "many"));
        assertEquals("Sample.count expects int but received 'many' of java.lang.String", wrong.getMessage());
        assertThrows(ClassCastException.class, () -> bind("names", "a"));
        IllegalArgumentException colour = assertThrows(IllegalArgumentException.class, () -> bind("colour", "BLUE"));
        assertEquals("Sample.colour must be one of [RED], not 'BLUE'", colour.getMessage());
    }

    @Test
    public void whatASetterThrowsIsPassedOn() {
        assertEquals(
                "count must not be negative",
                assertThrows(AbortException.class, () -> bind("count", -1)).getMessage());
    }
}
