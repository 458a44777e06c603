package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes the clouds of a clouds.yaml into the configuration. A cloud that is there already, and a credential, are touched only
 * when that was asked for.
 */
final class CloudImport {

    private final boolean replace;
    private final boolean withCredentials;
    private final Set<String> made = new HashSet<>();

    /**
     * @param replace whether what is there already under the same name or id is changed
     * @param withCredentials whether logins become credentials of Jenkins's own store
     */
    CloudImport(boolean replace, boolean withCredentials) {
        this.replace = replace;
        this.withCredentials = withCredentials;
    }

    /** What became of one cloud of the file; for the page that tells it. */
    public static final class Outcome {

        private final String cloud;
        private final String done;
        private final List<String> notes;

        Outcome(String cloud, String done, List<String> notes) {
            this.cloud = cloud;
            this.done = done;
            this.notes = List.copyOf(notes);
        }

        /** The cloud's name. */
        public String getCloud() {
            return cloud;
        }

        /** Imported, updated or ignored. */
        public String getDone() {
            return done;
        }

        /** What was not taken as it was written, what was made of the login, or why it was ignored. */
        public List<String> getNotes() {
            return notes;
        }
    }

    /**
     * Imports a file: the clouds that can be, whatever the others are like.
     *
     * @throws CloudProblem when the text is no clouds.yaml; nothing is changed then
     * @throws IOException when a credential cannot be saved; the clouds are not changed then
     */
    List<Outcome> run(String text) throws IOException {
        CloudsYaml file = CloudsYaml.read(text);
        List<Outcome> outcomes = new ArrayList<>();
        List<NovaCloud> clouds = new ArrayList<>(NovaClouds.get().getClouds());
        for (CloudsYamlEntry entry : file.entries()) {
            outcomes.add(take(entry, clouds));
        }
        NovaClouds.get().setClouds(clouds);
        if (!file.others().isEmpty()) {
            outcomes.add(new Outcome(
                    Messages.CloudImport_BesideClouds(),
                    Messages.CloudImport_Ignored(),
                    List.of(String.join(", ", file.others()) + ": not taken; only 'clouds' is")));
        }
        return outcomes;
    }

    private Outcome take(CloudsYamlEntry entry, List<NovaCloud> clouds) throws IOException {
        NovaCloud cloud = entry.cloud();
        List<String> notes = new ArrayList<>();
        String problem = entry.problem() == null ? CloudRules.firstProblem(cloud) : entry.problem();
        if (problem != null) {
            notes.add(problem);
            notes.addAll(entry.notes());
            return new Outcome(cloud.getName(), Messages.CloudImport_Ignored(), notes);
        }
        notes.addAll(entry.notes());
        int place = place(cloud.getName(), clouds);
        if (place >= 0 && !replace) {
            notes.add(0, "a cloud of this name is configured, and was not to be changed");
            return new Outcome(cloud.getName(), Messages.CloudImport_Ignored(), notes);
        }
        if (place >= 0) {
            keepWhatFilesDoNotSay(clouds.get(place), cloud, notes);
        }
        credential(entry, cloud, notes);
        if (place >= 0) {
            clouds.set(place, cloud);
            return new Outcome(cloud.getName(), Messages.CloudImport_Updated(), notes);
        }
        clouds.add(cloud);
        return new Outcome(cloud.getName(), Messages.CloudImport_Imported(), notes);
    }

    private static int place(String name, List<NovaCloud> clouds) {
        for (int i = 0; i < clouds.size(); i++) {
            if (clouds.get(i).getName().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static void keepWhatFilesDoNotSay(NovaCloud before, NovaCloud cloud, List<String> notes) {
        if (before.getCredentialsId() != null && isElsewhere(before, cloud)) {
            notes.add("the address is another than the one that the credential '" + before.getCredentialsId()
                    + "' was chosen for, so the cloud has no credential any more; choose one");
        } else {
            cloud.setCredentialsId(before.getCredentialsId());
        }
        if (cloud.getCaCertificate() == null) {
            cloud.setCaCertificate(before.getCaCertificate());
        }
        cloud.setConnectTimeoutSeconds(before.getConnectTimeoutSeconds());
        cloud.setAnswerTimeoutSeconds(before.getAnswerTimeoutSeconds());
        cloud.setProject(before.getProject());
        cloud.setProjectDomain(before.getProjectDomain());
        cloud.setUserDomain(before.getUserDomain());
    }

    /** Whether a secret would go to another host or port, or in the clear where it did not. */
    private static boolean isElsewhere(NovaCloud before, NovaCloud cloud) {
        if (CloudRules.firstProblem(before) != null) {
            return true;
        }
        URI old = before.endpoint().identityUrl();
        URI now = cloud.endpoint().identityUrl();
        boolean inTheClear = isEncrypted(old) && !isEncrypted(now);
        return inTheClear || !old.getHost().equalsIgnoreCase(now.getHost()) || old.getPort() != now.getPort();
    }

    private static boolean isEncrypted(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private void credential(CloudsYamlEntry entry, NovaCloud cloud, List<String> notes) throws IOException {
        StandardCredentials login = entry.login();
        if (login == null) {
            return;
        }
        if (!withCredentials) {
            notes.add("its login was not to be taken"
                    + (cloud.getCredentialsId() == null ? "; choose a credential" : ""));
            return;
        }
        CredentialsKeeper keeper = CredentialsKeeper.ofJenkins();
        if (keeper == null) {
            notes.add("its login was not taken: Jenkins has no credentials store of its own that can be changed");
        } else if (!made.add(login.getId())) {
            notes.add("its login was not taken: another cloud of the file has made the credential '" + login.getId()
                    + "' of its own");
        } else if (keeper.has(login.getId()) && !replace) {
            notes.add("the credential '" + login.getId() + "' is there already, and was not to be changed");
        } else {
            keeper.keep(login, cloud.endpoint().identityUrl());
            cloud.setCredentialsId(login.getId());
            String unusable = ConnectionTest.credentialProblem(cloud);
            notes.add(unusable == null ? "its login is the credential '" + login.getId() + "'" : unusable);
        }
    }
}
