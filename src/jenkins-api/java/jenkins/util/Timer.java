package jenkins.util;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

public class Timer {
    /** Made when first asked for; daemons, so that nobody has to end them. */
    private static final class Holder {
        static final ScheduledExecutorService POOL = Executors.newScheduledThreadPool(4, task -> {
            Thread thread = new Thread(task, "jenkins.util.Timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    private Timer() {}
}
