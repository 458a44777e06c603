package io.jenkins.plugins.nova.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.nova.report.data.KnownStep;
import io.jenkins.plugins.nova.report.data.SettledBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/**
 * What the newest steps of all builds of this controller did, so that the page of a build can tell what another one settled: a
 * confirm job of its own, a later return of the host. Kept in {@code nova-maintenance/steps.json} of Jenkins's directory. It is a
 * convenience of the page alone: no drain decides by it, and a page without it shows what its own build knows.
 *
 * <p>Thread-safe.
 */
@Extension
public final class KnownSteps {

    private static final Logger LOGGER = Logger.getLogger(KnownSteps.class.getName());

    /** Older steps are forgotten. */
    private static final int MOST = 500;

    /** As many servers are kept of all steps together: the file is written as a whole. */
    private static final int MOST_SERVERS = 20_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final String FILE = "steps.json";

    private final Supplier<Path> directory;
    private final Function<String, Run<?, ?>> builds;

    /** Null until it is first asked for. Guarded by this. */
    private List<KnownStep> steps;

    /** For Jenkins, which makes the one there is. */
    public KnownSteps() {
        this(() -> Jenkins.get().getRootDir().toPath().resolve("nova-maintenance"), Run::fromExternalizableId);
    }

    /**
     * @param directory where they are kept
     * @param builds finds a build by its externalizable id for the present user; throws what
     *     {@link Run#fromExternalizableId} throws, or gives {@code null}, for one that he may not see
     */
    KnownSteps(Supplier<Path> directory, Function<String, Run<?, ?>> builds) {
        this.directory = directory;
        this.builds = builds;
    }

    /** The controller's; empty where none is up, as in a rehearsal. */
    static Optional<KnownSteps> get() {
        return Jenkins.getInstanceOrNull() == null
                ? Optional.empty()
                : ExtensionList.lookup(KnownSteps.class).stream().findFirst();
    }

    private Path file() {
        return directory.get().resolve(FILE);
    }

    /** Takes what a step began or ended; what was known of the same step before is replaced. */
    synchronized void note(KnownStep step) {
        List<KnownStep> known = new ArrayList<>(steps());
        known.removeIf(each -> each.build().equals(step.build()) && each.id().equals(step.id()));
        known.add(step);
        int servers = known.stream().mapToInt(each -> each.servers().size()).sum();
        while (known.size() > MOST || servers > MOST_SERVERS && known.size() > 1) {
            servers -= known.remove(0).servers().size();
        }
        steps = known;
        try {
            AtomicFile.write(directory.get(), FILE, JSON.writeValueAsBytes(steps));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not write " + file());
        }
    }

    /**
     * @param run the build whose page is shown
     * @return what other builds did, named as far as the present user may see them
     */
    List<SettledBy> besides(Run<?, ?> run) {
        String own = run.getExternalizableId();
        List<KnownStep> known;
        synchronized (this) {
            known = List.copyOf(steps());
        }
        long began = run.getStartTimeInMillis();
        return known.stream()
                .filter(step -> !step.build().equals(own) && step.began().toEpochMilli() >= began)
                .map(this::named)
                .toList();
    }

    private SettledBy named(KnownStep step) {
        Run<?, ?> run = visible(step.build());
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        String root = jenkins == null ? null : jenkins.getRootUrl();
        return run == null
                ? new SettledBy(step, "another build", null)
                : new SettledBy(
                        step, run.getFullDisplayName(), root == null ? null : root + HostMaintenanceAction.url(run));
    }

    /** The build, where it is there and the present user may see it. */
    private Run<?, ?> visible(String build) {
        try {
            return builds.apply(build);
        } catch (AccessDeniedException | IllegalArgumentException e) {
            return null; // it is named as what it is to this user: another build
        }
    }

    /** Must be called with this object's lock held. */
    private List<KnownStep> steps() {
        if (steps == null) {
            steps = read();
        }
        return steps;
    }

    private List<KnownStep> read() {
        if (!Files.exists(file())) {
            return List.of();
        }
        try {
            return List.of(JSON.readValue(Files.readAllBytes(file()), KnownStep[].class));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read " + file());
            return List.of();
        }
    }
}
