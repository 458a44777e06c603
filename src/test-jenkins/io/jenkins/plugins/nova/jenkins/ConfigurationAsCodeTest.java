package io.jenkins.plugins.nova.jenkins;

import static org.junit.Assert.assertEquals;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.misc.ConfiguredWithCode;
import io.jenkins.plugins.casc.misc.JenkinsConfiguredWithCodeRule;
import io.jenkins.plugins.nova.cloud.NovaCloud;
import io.jenkins.plugins.nova.cloud.NovaClouds;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.Rule;
import org.junit.Test;

/** docs/examples/jenkins.yaml is taken, and what is exported says the same without a secret. */
public class ConfigurationAsCodeTest {

    @Rule
    public final JenkinsConfiguredWithCodeRule jenkins = new JenkinsConfiguredWithCodeRule();

    @Test
    @ConfiguredWithCode("jenkins.yaml")
    public void theSampleIsTakenAndExported() throws Exception {
        NovaCloud cloud = NovaClouds.get().getClouds().get(0);
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        String yaml = exported.toString(StandardCharsets.UTF_8);
        assertEquals(1, yaml.split("novaClouds:", -1).length - 1);
        assertEquals(1, yaml.split(cloud.getIdentityUrl(), -1).length - 1);
    }
}
