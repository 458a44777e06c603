package io.jenkins.plugins.nova.cloud;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * What the forms of steps offer for {@code cloud} and {@code credentialsId}. Those who may not configure the job (or, where
 * there is no job, not administer Jenkins) are told nothing that they did not bring.
 */
public final class CloudChoices {

    private CloudChoices() {}

    /** Whether the user may be told what there is to configure a step with. */
    public static boolean mayConfigure(Item item) {
        return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
    }

    /**
     * The configured clouds, after an entry for "the only one".
     *
     * @param item the job that the form is of; null outside of one
     */
    public static ListBoxModel clouds(Item item) {
        ListBoxModel items = new ListBoxModel();
        if (mayConfigure(item)) {
            items.add("(the only one configured)", "");
            NovaClouds.get().getClouds().forEach(cloud -> items.add(cloud.getName(), cloud.getName()));
        }
        return items;
    }

    /**
     * The credentials that suit a cloud's address and that builds of the job may use.
     *
     * @param item the job that the form is of; null outside of one
     * @param cloudName as chosen in the form; null or empty for the only one
     * @param credentialsId what the form has now; may be null
     */
    public static ListBoxModel credentials(Item item, String cloudName, String credentialsId) {
        StandardListBoxModel items = new StandardListBoxModel();
        String current = Util.fixNull(credentialsId);
        if (!mayConfigure(item) && !(item != null && item.hasPermission(CredentialsProvider.USE_ITEM))) {
            return items.includeCurrentValue(current);
        }
        items.add("- the cloud's -", "");
        var requirements = OpenStackCredentials.requirements(identityUrl(Util.fixEmptyAndTrim(cloudName)));
        JobAuthentication.of(item).offer(items, requirements);
        return items.includeCurrentValue(current);
    }

    /** The address that credentials must suit; null when it is not known which cloud is meant. */
    private static String identityUrl(String cloudName) {
        List<NovaCloud> clouds = NovaClouds.get().getClouds();
        if (cloudName == null) {
            return clouds.size() == 1 ? clouds.get(0).getIdentityUrl() : null;
        }
        return clouds.stream()
                .filter(cloud -> cloudName.equals(cloud.getName()))
                .map(NovaCloud::getIdentityUrl)
                .findFirst()
                .orElse(null);
    }
}
