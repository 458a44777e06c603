package io.jenkins.plugins.nova.api.openstack4j;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.rules.ExternalResource;

/** All that is logged during a test, at whatever level, as it would be written. */
public final class LoggedText extends ExternalResource {

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger root = Logger.getLogger("");
    private final Level level = root.getLevel();
    private final Handler everything = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is held
        }
    };

    @Override
    protected void before() {
        everything.setLevel(Level.ALL);
        root.addHandler(everything);
        root.setLevel(Level.ALL);
    }

    @Override
    protected void after() {
        root.setLevel(level);
        root.removeHandler(everything);
    }

    /** What was logged so far. */
    public List<String> lines() {
        return List.copyOf(logged);
    }
}
