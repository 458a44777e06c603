package io.jenkins.plugins.nova.hosts;

import hudson.Util;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A job that takes a host as its parameter.
 *
 * @param name its full name
 * @param url its page, relative to Jenkins's root, with a slash at its end
 * @param hostParameter what the parameter is called, such as {@code HOST}
 * @param cloudParameter what the one for the cloud is called; null where there is none
 * @param prefilled whether this Jenkins has a page that takes values from its address
 */
@ExportedBean
public record MaintenanceJob(
        @Exported String name,
        @Exported String url,
        @Exported String hostParameter,
        String cloudParameter,
        boolean prefilled) {

    /**
     * The page that asks for the parameters; opening it begins nothing. Jenkins's own takes no values from its address. The plugin
     * Build With Parameters has one that does ({@code parambuild}).
     *
     * @return relative to Jenkins's root
     */
    String form(String cloud, String host) {
        return prefilled
                ? url + "parambuild/?" + pair(hostParameter, host)
                        + (cloudParameter == null ? "" : "&" + pair(cloudParameter, cloud))
                : url + "build?delay=0sec";
    }

    private static String pair(String name, String value) {
        return Util.rawEncode(name) + "=" + Util.rawEncode(value);
    }
}
