package io.jenkins.plugins.nova.step.form;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.nova.cloud.CloudChoices;
import io.jenkins.plugins.nova.step.argument.Arguments;
import io.jenkins.plugins.nova.step.shown.JUnitFile;

/**
 * What is said under fields of the steps' forms that need no cloud to be judged. Nothing is said of an empty field, nor to
 * those who may not configure the job.
 */
public final class FieldRemarks {

    /** Characters that are left in a cordon's reason beside a build's name of usual length. */
    private static final int MOST_OF_A_REASON = 100;

    private FieldRemarks() {}

    /**
     * One server's id or name, or true for all.
     *
     * @param ofAll what is to be said of true; null for nothing
     */
    public static FormValidation servers(Item item, String parameter, String value, String ofAll) {
        String servers = Util.fixEmptyAndTrim(value);
        if (silent(item, servers) || servers.equals("false")) {
            return FormValidation.ok();
        }
        if (servers.equals("true")) {
            return ofAll == null ? FormValidation.ok() : FormValidation.warning(ofAll);
        }
        return servers.indexOf(',') < 0
                ? FormValidation.ok()
                : FormValidation.warning("This is taken as one name. For several servers write a list into the"
                        + " Pipeline: " + parameter + ": ['web1', 'web2'].");
    }

    /** What an earlier step returned: a form has no place for it. */
    static FormValidation result(Item item, String parameter, String value) {
        return silent(item, Util.fixEmptyAndTrim(value))
                ? FormValidation.ok()
                : FormValidation.warning("This is taken as text. In the Pipeline write the variable that holds what the"
                        + " earlier step returned, without quotes: " + parameter + ": drained.");
    }

    /** A file inside the workspace. */
    static FormValidation file(Item item, String value) {
        String path = Util.fixEmptyAndTrim(value);
        return silent(item, path) || JUnitFile.isInside(path)
                ? FormValidation.ok()
                : FormValidation.error("This will not do; " + JUnitFile.WAY_OUT + ".");
    }

    /** A name that Nova compares letter by letter. */
    public static FormValidation exact(Item item, String value) {
        return silent(item, Util.fixEmpty(value)) || value.equals(value.strip())
                ? FormValidation.ok()
                : FormValidation.error("It begins or ends with a blank; names are taken exactly as they are written.");
    }

    /** What is written into the reason of a cordon, behind the name of the build. */
    static FormValidation reason(Item item, String value) {
        String reason = Util.fixEmptyAndTrim(value);
        return silent(item, reason) || reason.length() <= MOST_OF_A_REASON
                ? FormValidation.ok()
                : FormValidation.warning(
                        "Nova keeps 255 characters, the build's name among them: the end of this may be cut"
                                + " off there. The console and the build's page have all of it.");
    }

    /** What Nova takes by id alone. */
    public static FormValidation uuid(Item item, String value) {
        String id = Util.fixEmptyAndTrim(value);
        return silent(item, id) || Arguments.isUuid(id)
                ? FormValidation.ok()
                : FormValidation.warning("This is no id. Nova takes no names here: give what the column ID of"
                        + " openstack image list or openstack network list says.");
    }

    private static boolean silent(Item item, String value) {
        return value == null || !CloudChoices.mayConfigure(item);
    }
}
