package io.jenkins.plugins.nova.drain.run;

import io.jenkins.plugins.nova.api.HostSetting;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.beside.SettingChange;
import io.jenkins.plugins.nova.drain.beside.SettingWords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lets the silence of a host last while a step is at work on it, also while a block has the host and nothing ticks. Nothing of it is
 * saved: every few minutes it reads what there is, and moves the end of what is ours once less than a third is left. It makes no silence:
 * what somebody else has ended stays so.
 */
public final class SilenceKeeper {

    private static final Duration PAUSE = Duration.ofMinutes(3);

    /** Less than so many parts of the whole are left when it is made to last. */
    private static final int PARTS = 3;

    private final Supplier<Nova> cloud;
    private final ScheduledExecutorService executor;
    private final Clock clock;
    private final Supplier<Kept> kept;
    private final Consumer<String> console;
    private final Set<String> told = new HashSet<>();
    private volatile boolean stopped;

    /**
     * What is to be kept at a moment.
     *
     * @param settings those of the step, whatever their state
     * @param span how long one is to last from then on
     * @param more whether there may be another later, though there is none of ours now
     */
    public record Kept(List<SettingChange> settings, Duration span, boolean more) {

        /** For what a drain still has to do. */
        public static Kept during(DrainState drain) {
            return new Kept(drain.settings(), SilenceSpan.of(drain), true);
        }

        /** For a part of a maintenance whose length nobody knows, behind the drain. */
        public static Kept meanwhile(List<SettingChange> settings) {
            return new Kept(settings, SilenceSpan.LEAST, false);
        }

        private boolean over() {
            return !more && settings.stream().noneMatch(SilenceKeeper::ours);
        }
    }

    /**
     * Does nothing before {@link #start}.
     *
     * @param cloud the way to the cloud, asked for each time
     * @param executor where it looks
     * @param clock the time
     * @param kept what is to be kept; gives null once the step is over
     * @param console takes what an operator must know
     */
    public SilenceKeeper(
            Supplier<Nova> cloud,
            ScheduledExecutorService executor,
            Clock clock,
            Supplier<Kept> kept,
            Consumer<String> console) {
        this.cloud = cloud;
        this.executor = executor;
        this.clock = clock;
        this.kept = kept;
        this.console = console;
    }

    /** Begins. */
    public void start() {
        executor.schedule(this::look, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does nothing more. */
    public void stop() {
        stopped = true;
    }

    private void look() {
        Kept now = stopped ? null : kept.get();
        if (now == null || now.over()) {
            return;
        }
        now.settings().stream().filter(SilenceKeeper::ours).forEach(change -> keep(change, now.span()));
        start();
    }

    private static boolean ours(SettingChange change) {
        return change.kind().ends() && change.state() == SettingChange.State.OURS;
    }

    private void keep(SettingChange change, Duration span) {
        try {
            Nova nova = cloud.get();
            Instant now = clock.instant();
            HostSetting first = seen(nova, change);
            // one list that lacks it does not say that it is gone
            HostSetting seen = first == null ? seen(nova, change) : first;
            if (seen == null) {
                tell(SettingWords.gone(change));
                return;
            }
            boolean due =
                    Duration.between(now, seen.until()).multipliedBy(PARTS).compareTo(span) < 0;
            if (due && !stopped) {
                nova.changeHostSetting(change.lasting(now.plus(span)), false);
                expireIfOver(nova, change);
            }
            told.clear();
        } catch (NovaException e) {
            tell(SettingWords.notKept(change, e.getMessage()));
        }
    }

    private static HostSetting seen(Nova nova, SettingChange change) {
        return nova.hostSettings(change.kind(), change.id()).stream()
                .filter(change::of)
                .filter(HostSetting::held)
                .findFirst()
                .orElse(null);
    }

    /** The step may have ended it in the same moment, so that another was made of it. */
    private void expireIfOver(Nova nova, SettingChange change) {
        Kept now = kept.get();
        boolean over = now == null
                || now.settings().stream()
                        .noneMatch(one -> ours(one) && change.claim().equals(one.claim()));
        if (over) {
            nova.changeHostSetting(change.over(), false);
        }
    }

    private void tell(String line) {
        if (told.add(line)) {
            console.accept(line);
        }
    }
}
