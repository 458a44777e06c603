package io.jenkins.plugins.nova.cloud;

import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import java.util.List;
import java.util.Locale;

/**
 * What forms offer and remark where a name of the cloud is typed: hosts and servers. The fields stay text fields: a name that
 * the cloud does not know just now is warned of, not refused, and a cloud that does not answer costs the list alone.
 */
public final class CloudNames {

    private static final String TYPED = " Type the name all the same; it is looked for when the step runs.";

    private CloudNames() {}

    /**
     * The hosts to choose from; none for those who may not configure the job.
     *
     * @param item the job that the form is of; null outside of one
     * @param cloud as chosen in the form; null or empty for the only one
     * @param credentialsId as chosen in the form; null or empty for the cloud's
     */
    public static ComboBoxModel hosts(Item item, String cloud, String credentialsId) {
        return new ComboBoxModel(
                CloudLookup.get().hosts(item, cloud, credentialsId).names());
    }

    /**
     * The servers to choose from; none for those who may not configure the job.
     *
     * @param status only those in this status, such as {@code VERIFY_RESIZE}; null for all
     */
    public static ComboBoxModel servers(Item item, String cloud, String credentialsId, String status) {
        return new ComboBoxModel(
                CloudLookup.get().servers(item, cloud, credentialsId, status).names());
    }

    /** What is to be said of a host that was typed; nothing to those who may not configure the job. */
    public static FormValidation checkHost(Item item, String host, String cloud, String credentialsId) {
        if (!CloudChoices.mayConfigure(item) || Util.fixEmpty(host) == null) {
            return FormValidation.ok();
        }
        if (!host.equals(host.strip())) {
            return FormValidation.error("It begins or ends with a blank; hosts are taken exactly as they are written.");
        }
        CloudLookup.Names hosts = CloudLookup.get().hosts(item, cloud, credentialsId);
        if (hosts.problem() != null) {
            return FormValidation.warning("The hosts could not be listed: " + hosts.problem() + TYPED);
        }
        if (hosts.cloud() == null || hosts.names().contains(host)) {
            return FormValidation.ok();
        }
        return FormValidation.warning("The cloud '" + hosts.cloud() + "' has no compute service on '" + host + "'."
                + similar(host, hosts.names()));
    }

    /** What is to be said of a server that was typed; nothing to those who may not configure the job. */
    public static FormValidation checkServer(
            Item item, String server, String cloud, String credentialsId, String status) {
        String name = Util.fixEmptyAndTrim(server);
        if (!CloudChoices.mayConfigure(item) || name == null) {
            return FormValidation.ok();
        }
        CloudLookup.Names servers = CloudLookup.get().servers(item, cloud, credentialsId, status);
        if (servers.problem() != null) {
            return FormValidation.warning("The servers could not be listed: " + servers.problem() + TYPED);
        }
        if (servers.cloud() != null && name.indexOf(',') > 0 && !servers.names().contains(name)) {
            return FormValidation.warning("This is taken as one name. For several servers write a list into the"
                    + " Pipeline: server: ['web1', 'web2'].");
        }
        return FormValidation.ok();
    }

    /** Names that a slip of the finger or a missing domain would explain. */
    private static String similar(String typed, List<String> names) {
        String begin = typed.toLowerCase(Locale.ROOT).replaceAll("\\..*", "");
        List<String> near = names.stream()
                .filter(name ->
                        name.toLowerCase(Locale.ROOT).replaceAll("\\..*", "").equals(begin))
                .toList();
        return near.isEmpty() ? "" : " Did you mean '" + String.join("' or '", near) + "'?";
    }
}
