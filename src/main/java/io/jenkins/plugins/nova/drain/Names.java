package io.jenkins.plugins.nova.drain;

import java.util.Map;

/**
 * What projects and users are called, as far as Keystone told when the plan was made. For people alone: no plan, hash or decision
 * depends on it.
 *
 * @param projects names by ids; empty where none is known
 * @param users names by ids; empty where none is known
 * @param missing why ids stand for names, and what would change it, in words; null where every name was told, and where there is
 *     nothing to say but that a project or user is gone
 */
public record Names(Map<String, String> projects, Map<String, String> users, String missing) {

    /** Before they were asked for, and in states of versions that did not. */
    public static final Names NONE = new Names(Map.of(), Map.of(), null);

    public Names {
        projects = projects == null ? Map.of() : Map.copyOf(projects);
        users = users == null ? Map.of() : Map.copyOf(users);
    }

    /** The name of a project; null where it is not known, or the project is not. */
    public String project(String id) {
        return id == null ? null : projects.get(id);
    }

    /** The name of a user; null where it is not known, or the user is not. */
    public String user(String id) {
        return id == null ? null : users.get(id);
    }
}
