package io.jenkins.plugins.nova.telemetry;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged below a name until it is closed: by the plugin at every level, by others what Jenkins would show. */
final class Recorder extends Handler implements AutoCloseable {

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level before;

    Recorder(String name) {
        logger = Logger.getLogger(name);
        before = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.addHandler(this);
    }

    List<LogRecord> of(Level level) {
        return records.stream().filter(each -> each.getLevel().equals(level)).toList();
    }

    List<String> messages() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    @Override
    public void publish(LogRecord each) {
        boolean ours = each.getLoggerName() != null && each.getLoggerName().startsWith("io.jenkins.");
        if (ours || each.getLevel().intValue() >= Level.INFO.intValue()) {
            records.add(each);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(before);
    }
}
