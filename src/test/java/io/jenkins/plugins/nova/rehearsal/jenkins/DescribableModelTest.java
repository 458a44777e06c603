package io.jenkins.plugins.nova.rehearsal.jenkins;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import groovy.lang.GString;
import hudson.AbortException;
import hudson.model.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.runtime.GStringImpl;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.Test;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

public class DescribableModelTest {
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

    private final DescribableModel<Sample> model = DescribableModel.of(Sample.class);

    private static GString interpolated(String text) {
        return new GStringImpl(new Object[] {text}, new String[] {"", ""});
    }

    private Sample bind(String parameter, Object value) throws Exception {
        Map<String, Object> arguments = new HashMap<>(Map.of("host", "c1"));
        arguments.put(parameter, value);
        return model.instantiate(arguments);
    }

    @Test
    public void namesOfItsParameters() {
        assertEquals("host", model.getSoleRequiredParameter().getName());
        assertEquals(
                List.of("host", "any", "colour", "count", "direct", "flag", "names", "result"),
                model.getParameters().stream()
                        .map(DescribableParameter::getName)
                        .toList());
    }

    @Test
    public void valuesAreConvertedAsOnAController() throws Exception {
        assertEquals("c1", bind("host2", 1).host);
        assertEquals("c2", model.instantiate(Map.of("host", interpolated("c2"))).host);
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
        Sample sample = model.instantiate(Map.of());
        assertNull(sample.host);
        assertEquals(7, sample.count);
    }

    @Test
    public void whatDoesNotFitNamesParameterAndValue() {
        assertTrue(failure("count", "many"), failure("count", "many").contains("Sample.count expects int"));
        assertTrue(failure("names", "a").contains("Sample.names expects"));
        assertTrue(failure("colour", "BLUE").contains("Sample.colour must be one of [RED], not 'BLUE'"));
    }

    /** A null is handed on as it is; the primitive types have none. */
    @Test
    public void aNullIsNoDefault() throws Exception {
        assertTrue(failure("flag", null), failure("flag", null).contains("Could not instantiate"));
        assertTrue(failure("count", null).contains("Could not instantiate"));
        assertNull(bind("names", null).names);
        assertNull(bind("direct", null).direct);
    }

    @Test
    public void whatASetterThrowsIsTheCause() {
        assertTrue(failure("count", -1), failure("count", -1).contains("count must not be negative"));
    }

    private String failure(String parameter, Object value) {
        return assertThrows(IllegalArgumentException.class, () -> bind(parameter, value))
                .getMessage();
    }
}
