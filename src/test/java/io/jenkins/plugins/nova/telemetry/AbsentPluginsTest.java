package io.jenkins.plugins.nova.telemetry;

import static org.junit.Assert.assertEquals;

import hudson.ExtensionList;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Drained;
import io.jenkins.plugins.nova.drain.Orders;
import io.jenkins.plugins.nova.drain.Outcome;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.Action;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.Test;

/** A drain tells what it comes to where the classes of a plugin that need not be there are missing. */
public class AbsentPluginsTest {

    private static final List<String> METRICS = List.of("com.codahale.", "jenkins.metrics.");
    /** As in the rehearsal, which has the signatures of Jenkins and of its plugins, but not this library. */
    private static final List<String> METRICS_LIBRARY = List.of("com.codahale.");

    private static final List<String> OPENTELEMETRY = List.of("io.opentelemetry.");

    /** All that this test has on its class path, but for what is missing. */
    private static final class Without extends URLClassLoader {
        private final List<String> missing;

        Without(List<String> missing) throws MalformedURLException {
            super(classPath(), ClassLoader.getPlatformClassLoader());
            this.missing = missing;
        }

        private static URL[] classPath() throws MalformedURLException {
            List<URL> found = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                found.add(new File(entry).toURI().toURL());
            }
            return found.toArray(new URL[0]);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (missing.stream().anyMatch(name::startsWith)) {
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }
    }

    /** A server of a drain ends; made by the class loader, so with its classes. */
    public static final class Tells implements Supplier<List<String>> {

        /** The listeners that Jenkins has of this plugin, once all of them were told. */
        @Override
        public List<String> get() {
            List<String> listeners = ExtensionList.lookup(DrainListener.class).stream()
                    .map(each -> each.getClass().getSimpleName())
                    .sorted()
                    .toList();
            try (Heard heard = Heard.begin()) {
                tell();
                assertEquals(List.of("MOVED id-web1"), heard.told());
            }
            return listeners;
        }

        private static void tell() {
            ServerState moving = Drained.moving("web1", Action.LIVE, "running", Drained.NOW);
            DrainState before = Drained.drain(Orders.empty("compute1"), moving);
            DrainState after = Drained.drain(Orders.empty("compute1"), moving.end(Outcome.MOVED, "", "", Drained.NOW));
            DrainEvents events = new DrainEvents(before, () -> new Origin("lab", "nodeEvacuate", "job", 1));
            events.settled(after);
            events.saving(after, CompletableFuture.completedFuture(null))
                    .toCompletableFuture()
                    .join();
        }
    }

    private static List<String> listenersWithout(List<String> missing)
            throws IOException, ReflectiveOperationException {
        try (Without loader = new Without(missing);
                Recorder log = new Recorder("")) {
            Object tells = loader.loadClass(Tells.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            @SuppressWarnings("unchecked")
            List<String> listeners = ((Supplier<List<String>>) tells).get();
            assertEquals(List.of(), log.messages());
            return listeners;
        }
    }

    /** Each row: what is missing, and who listens then. Nothing is thrown, and nothing logged, whatever the level. */
    @Test
    public void whatIsMissingLeavesNoTrace() throws Exception {
        List<String> neither = new ArrayList<>(METRICS);
        neither.addAll(OPENTELEMETRY);
        List<String> inTheRehearsal = new ArrayList<>(METRICS_LIBRARY);
        inTheRehearsal.addAll(OPENTELEMETRY);
        Map<List<String>, List<String>> rows = new LinkedHashMap<>();
        rows.put(List.of(), List.of("DrainMetrics", "ServerSpans"));
        rows.put(METRICS, List.of("ServerSpans"));
        rows.put(METRICS_LIBRARY, List.of("ServerSpans"));
        rows.put(OPENTELEMETRY, List.of("DrainMetrics"));
        rows.put(neither, List.of());
        rows.put(inTheRehearsal, List.of());
        for (Map.Entry<List<String>, List<String>> row : rows.entrySet()) {
            assertEquals(row.getKey().toString(), row.getValue(), listenersWithout(row.getKey()));
        }
    }
}
