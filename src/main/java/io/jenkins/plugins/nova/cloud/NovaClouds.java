package io.jenkins.plugins.nova.cloud;

import hudson.Extension;
import hudson.ExtensionList;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.ForwardToView;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The clouds of this Jenkins: the section of the System page, and what Configuration as Code calls {@code novaClouds}. */
@Extension
@Symbol("novaClouds")
public final class NovaClouds extends GlobalConfiguration {

    /** Where to find the section, for messages. */
    static final String WHERE = "Manage Jenkins » System » OpenStack clouds (Nova)";

    // an ArrayList, since that is what XStream writes in a form that later versions read
    private volatile ArrayList<NovaCloud> clouds = new ArrayList<>();

    /** Called by Jenkins, once; reads what was saved. */
    public NovaClouds() {
        load();
    }

    /** The one of this Jenkins. */
    public static NovaClouds get() {
        return ExtensionList.lookupSingleton(NovaClouds.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.NovaClouds_DisplayName();
    }

    /** The clouds in the order of the form; not modifiable. */
    public List<NovaCloud> getClouds() {
        return Collections.unmodifiableList(clouds);
    }

    /**
     * Replaces the clouds and saves them. Sessions are forgotten, so that whoever saves the page has every build log in
     * anew, whatever changed behind the cloud's address. Builds at work on a cloud that is not there any more are shown by
     * {@link CloudsInUse}.
     *
     * @throws IllegalArgumentException when a setting makes no sense or a name is there twice; nothing is changed then
     */
    public void setClouds(List<NovaCloud> clouds) {
        String problem = CloudRules.firstProblem(clouds);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        Set<String> gone = names(this.clouds);
        gone.removeAll(names(clouds));
        this.clouds = new ArrayList<>(clouds);
        save();
        ExtensionList.lookupSingleton(CloudSessions.class).forget();
        if (!gone.isEmpty()) {
            CloudsInUse.get().removed(gone);
        }
    }

    private static Set<String> names(List<NovaCloud> clouds) {
        return clouds.stream().map(NovaCloud::getName).collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * Takes the form. All of it is looked at before any of it is taken: a wrong field is answered with words and leaves
     * both the page and the configuration as they were.
     */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        // the form leaves the list out when its last cloud was deleted
        Object rows = form.opt("clouds");
        take(rows == null ? List.of() : request.bindJSONToList(NovaCloud.class, rows));
        return true;
    }

    /**
     * Imports the clouds of a clouds.yaml: what the form of the page {@code import} sends. Nothing of the text is kept or
     * sent back but names and keys.
     *
     * @param text of the file
     * @param replace anything when clouds and credentials that are there already may be changed; null when not
     * @param withCredentials anything when logins are to become credentials; null when not
     * @return the page that tells what became of each cloud
     * @throws IOException when a credential cannot be saved
     */
    @POST
    public HttpResponse doImportClouds(
            @QueryParameter String text, @QueryParameter String replace, @QueryParameter String withCredentials)
            throws IOException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            List<CloudImport.Outcome> outcomes = new CloudImport(replace != null, withCredentials != null).run(text);
            return new ForwardToView(this, "imported.jelly").with("outcomes", outcomes);
        } catch (CloudProblem e) {
            return new ForwardToView(this, "imported.jelly").with("problem", e.getMessage());
        }
    }

    void take(List<NovaCloud> wanted) throws FormException {
        String problem = CloudRules.firstProblem(wanted);
        if (problem != null) {
            throw new FormException(problem, "clouds");
        }
        setClouds(wanted);
    }
}
