package io.jenkins.plugins.nova.cloud;

import static org.junit.Assert.assertEquals;

import hudson.util.ListBoxModel;
import java.net.URI;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

public class CloudChoicesTest {

    @Rule
    public final SomeJenkins jenkins = new SomeJenkins();

    private final CloudFixture clouds = CloudFixture.begin();

    @Before
    public void describe() {
        clouds.credential(CloudFixture.password("any", "admin", "x", "ops"))
                .credentialFor("a.example", CloudFixture.application("of-a", "0123", "x"))
                .credentialFor("b.example", CloudFixture.application("of-b", "4567", "x"))
                .cloud("a", URI.create("https://a.example/v3"), null, null);
    }

    @After
    public void reset() {
        clouds.close();
    }

    @Test
    public void theCloudsComeAfterNone() {
        clouds.cloud("b", URI.create("https://b.example/v3"), null, null);

        assertEquals(List.of("", "a", "b"), values(CloudChoices.clouds(null)));
    }

    @Test
    public void theCredentialsAreThoseOfTheCloudsAddress() {
        assertEquals("of the only one", List.of("", "any", "of-a"), values(CloudChoices.credentials(null, "", "any")));
        clouds.cloud("b", URI.create("https://b.example/v3"), null, null);

        assertEquals(List.of("", "any", "of-b"), values(CloudChoices.credentials(null, "b", "any")));
        assertEquals(
                "not known which",
                List.of("", "any", "of-a", "of-b"),
                values(CloudChoices.credentials(null, "", "any")));
    }

    @Test
    public void whatTheFormHasStaysThoughItIsGone() {
        assertEquals(List.of("", "any", "of-a", "gone"), values(CloudChoices.credentials(null, "a", "gone")));
    }

    private static List<String> values(ListBoxModel items) {
        return items.stream().map(item -> item.value).toList();
    }
}
