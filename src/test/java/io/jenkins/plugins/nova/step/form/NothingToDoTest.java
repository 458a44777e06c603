package io.jenkins.plugins.nova.step.form;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.FormValidation.Kind;
import io.jenkins.plugins.nova.cloud.SomeJenkins;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;

/** A form that names neither host nor server says so; one that does is left alone. */
public class NothingToDoTest {

    private static final Set<String> FOR_A_HOST =
            Set.of("nodeEvacuate", "nodeMaintenance", "nodeReturn", "maintenancePlan");
    private static final Set<String> FOR_SERVERS = Set.of("liveMigrate", "coldMigrate");

    @Rule
    public final SomeJenkins jenkins = new SomeJenkins();

    private static List<NovaStepDescriptor> steps() {
        List<NovaStepDescriptor> steps = ExtensionList.lookup(Descriptor.class).stream()
                .filter(NovaStepDescriptor.class::isInstance)
                .map(NovaStepDescriptor.class::cast)
                .toList();
        assertEquals(8, steps.size());
        return steps;
    }

    private static FormValidation host(NovaStepDescriptor step, String host, String server, String olderThan) {
        return step.doCheckHost(null, host, server, olderThan, null, null);
    }

    @Test
    public void whatIsMissingIsNamed() {
        Set<String> asked = new HashSet<>();
        for (NovaStepDescriptor step : steps()) {
            String name = step.getFunctionName();
            FormValidation ofHost = host(step, " ", "", "0");
            FormValidation ofServer = step.doCheckServer(null, "", " ", null, null, null);
            assertEquals(name, Kind.WARNING, ofHost.kind);
            assertEquals(name, Kind.WARNING, ofServer.kind);
            boolean host = ofHost.getMessage().contains("host");
            boolean server = ofHost.getMessage().contains("server");
            assertEquals(name, !FOR_SERVERS.contains(name), host);
            assertEquals(name, !FOR_A_HOST.contains(name), server);
            asked.add(ofHost.getMessage());
        }
        assertEquals(asked.toString(), 3, asked.size());
    }

    @Test
    public void oneOfThemIsEnough() {
        for (NovaStepDescriptor step : steps()) {
            assertEquals(Kind.OK, host(step, "", "web1", null).kind);
            assertEquals(Kind.OK, host(step, "", "", "24").kind);
            assertTrue(step.doCheckServer(null, "", "compute1", "", null, null).kind == Kind.OK);
        }
    }
}
