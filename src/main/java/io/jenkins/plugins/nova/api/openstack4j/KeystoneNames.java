package io.jenkins.plugins.nova.api.openstack4j;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.nova.api.ForeignText;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.api.openstack4j.http.Answer;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;
import io.jenkins.plugins.nova.api.openstack4j.http.RefusalReader;
import io.jenkins.plugins.nova.api.openstack4j.http.Wire;
import io.jenkins.plugins.nova.api.openstack4j.identity.Login;
import io.jenkins.plugins.nova.api.openstack4j.identity.Session;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names of projects and users, by their ids, one request each: Keystone has no list of chosen ids, and its whole lists may have
 * tens of thousands of rows, or be cut off ([identity]list_limit, LDAP's own limits). What was told is asked for once.
 *
 * <p>They are for display, so nothing else is to suffer from them: the token is not renewed for a 401, which here may mean an
 * access rule, and a Retry-After holds back further names and no login.
 */
final class KeystoneNames {

    /** How long one name is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    /** So many names are kept; the rest is asked for again. */
    static final int MOST_KEPT = 2000;

    /** What Keystone makes, or takes over from another cloud or directory. Nothing else goes into a path. */
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

    private static final String NAMES = Session.IDENTITY + " (names)";

    private final Session session;
    private final Wire wire;
    private final Map<String, String> known = new LinkedHashMap<>();

    KeystoneNames(Session session) {
        this.session = session;
        this.wire = session.wire().impatient(PATIENCE);
    }

    String project(String id) {
        return name("project", id);
    }

    String user(String id) {
        return session.isSecretUser(id) ? Login.HIDDEN : name("user", id);
    }

    /** @param kind as Keystone's answer has it; with an s its path */
    private String name(String kind, String id) {
        String path = "/" + kind + "s/" + id;
        synchronized (known) {
            String told = known.get(path);
            if (told != null) {
                return told;
            }
        }
        String name = asked("read the name of " + kind + " " + id, kind, id, path);
        synchronized (known) {
            if (known.size() < MOST_KEPT) {
                known.put(path, name);
            }
        }
        return name;
    }

    private String asked(String call, String kind, String id, String path) {
        if (!ID.matcher(id).matches()) {
            throw new NovaException.Unintelligible(call + ": this is no id that Keystone makes", null);
        }
        session.backoff().check(Session.IDENTITY, call);
        session.backoff().check(NAMES, call);
        Answer answer = session.askKeystone(wire, path);
        try {
            if (answer.status() >= 400) {
                NovaException.Refused refused = RefusalReader.refused(call, answer, session::hide, session.clock());
                session.backoff().heard(NAMES, refused);
                throw refused;
            }
            if (answer.status() != 200) {
                throw new NovaException.Unintelligible(call + ": answered with status " + answer.status(), null);
            }
            return read(answer.json(call).object(kind), id);
        } finally {
            answer.release();
        }
    }

    private String read(Fields told, String id) {
        if (!id.equals(told.exact("id"))) {
            throw told.odd("id", "the one that was asked for");
        }
        JsonNode name = told.node().get("name");
        if (name == null || !name.isTextual() || !ForeignText.standsForAnId(name.asText())) {
            throw told.odd("name", "a name that can stand for an id");
        }
        return session.hide(name.asText());
    }
}
