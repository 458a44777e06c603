package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The one cloud of a rehearsal under all the names that a Jenkinsfile has for it. With a list of names there are those and no
 * others; without one a name is made when a step comes with it.
 */
public final class StandIn {

    private static final String CREDENTIAL = "rehearsal";

    private final CloudFixture configuration;
    private final Function<String, NovaCloud> clouds;
    private final Function<String, StandardCredentials> credentials;
    private final boolean open;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> ids = new LinkedHashSet<>();
    /** What it is called until somebody has a name for it; null once that has happened. */
    private String nameless;

    private boolean used;

    /**
     * @param configuration where clouds and credentials are known
     * @param clouds the cloud by a name
     * @param credentials its credential by an id
     * @param open whether names that come later count too
     */
    public StandIn(
            CloudFixture configuration,
            Function<String, NovaCloud> clouds,
            Function<String, StandardCredentials> credentials,
            boolean open) {
        this.configuration = configuration;
        this.clouds = clouds;
        this.credentials = credentials;
        this.open = open;
    }

    /**
     * Configures it.
     *
     * @param otherwise what it is called as long as nobody names it
     * @param wanted names of clouds
     * @param wantedIds ids of credentials
     */
    public synchronized void begin(String otherwise, Set<String> wanted, Set<String> wantedIds) {
        credential(CREDENTIAL);
        wantedIds.forEach(this::credential);
        names.addAll(wanted);
        nameless = wanted.isEmpty() ? otherwise : null;
        configure();
        configuration.standIn(this);
    }

    private void credential(String id) {
        if (ids.add(id)) {
            configuration.credential(credentials.apply(id));
        }
    }

    private void configure() {
        List<NovaCloud> all = new ArrayList<>();
        Set<String> shown = new LinkedHashSet<>(names);
        if (nameless != null) {
            shown.add(nameless);
        }
        for (String name : shown) {
            NovaCloud cloud = clouds.apply(name);
            cloud.setCredentialsId(CREDENTIAL);
            all.add(cloud);
        }
        NovaClouds.get().setClouds(all);
    }

    /** See {@link CloudFixture#meet}. */
    synchronized Optional<String> meet(String cloud, String credentialsId) {
        boolean newCloud =
                open && cloud != null && !cloud.isBlank() && !cloud.equals(nameless) && names.add(cloud.strip());
        boolean newId =
                open && credentialsId != null && !credentialsId.isBlank() && !ids.contains(credentialsId.strip());
        used |= cloud == null;
        if (newCloud) {
            // a step that named none goes on with the name it began with
            nameless = used ? nameless : null;
            configure();
        }
        if (newId) {
            credential(credentialsId.strip());
        }
        String what = (newCloud ? "the cloud '" + cloud.strip() + "'" : "")
                + (newCloud && newId ? " and " : "")
                + (newId ? "the credential '" + credentialsId.strip() + "'" : "");
        return what.isEmpty()
                ? Optional.empty()
                : Optional.of(what + (newCloud && newId ? " stand" : " stands") + " for the one that there is here");
    }
}
