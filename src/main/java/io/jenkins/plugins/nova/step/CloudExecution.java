package io.jenkins.plugins.nova.step;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import hudson.AbortException;
import hudson.console.HyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.nova.api.Nova;
import io.jenkins.plugins.nova.api.NovaException;
import io.jenkins.plugins.nova.cloud.CloudSessions;
import io.jenkins.plugins.nova.drain.DrainOrder;
import io.jenkins.plugins.nova.drain.claim.Claim;
import io.jenkins.plugins.nova.drain.claim.Holders;
import io.jenkins.plugins.nova.drain.guest.GuestOrder;
import io.jenkins.plugins.nova.drain.guest.GuestWatcher;
import io.jenkins.plugins.nova.drain.run.RunnerPorts;
import io.jenkins.plugins.nova.drain.run.SilenceKeeper;
import io.jenkins.plugins.nova.report.HostMaintenanceAction;
import io.jenkins.plugins.nova.step.controller.BuildsAtWork;
import io.jenkins.plugins.nova.step.controller.DrainThreads;
import io.jenkins.plugins.nova.step.controller.Durability;
import io.jenkins.plugins.nova.step.controller.RunHolders;
import io.jenkins.plugins.nova.step.controller.SavedState;
import io.jenkins.plugins.nova.step.shown.GraphMarks;
import io.jenkins.plugins.nova.telemetry.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * What the executions that run a state machine on a cloud have in common: the step's name, its cloud and credential, its
 * console and its build, and how they are saved.
 */
abstract class CloudExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private static final Logger LOGGER = Logger.getLogger(CloudExecution.class.getName());

    private String id;
    private String step;
    private String cloud;
    private String credentialsId;
    private volatile boolean propagate;

    private transient SavedState journaled;

    /** What the build was called when the console was last told; null in a new process. */
    private transient String called;

    private transient volatile SilenceKeeper keeper;

    /**
     * @param name the step's name in the Pipeline
     * @param propagate whether the step fails when not all went well
     * @throws AbortException when the step's cloud is not configured, or is not told and not the only one
     */
    CloudExecution(StepContext context, String name, CloudStep step, boolean propagate) throws AbortException {
        super(context);
        this.id = UUID.randomUUID().toString();
        this.step = name;
        BoundCloud bound = BoundCloud.of(context, step);
        this.cloud = bound.cloud();
        this.credentialsId = bound.credentialsId();
        this.propagate = propagate;
    }

    /** Takes what an earlier version kept in another class. */
    final void adopt(String itsId, String itsStep, String itsCloud, String itsCredentialsId, boolean propagates) {
        id = itsId;
        step = itsStep;
        cloud = itsCloud;
        credentialsId = itsCredentialsId;
        propagate = propagates;
    }

    /** Names this run of the step on the build's page. */
    final String id() {
        return id;
    }

    /** The step's name in the Pipeline. */
    final String step() {
        return step;
    }

    /** The cloud's name in the configuration. */
    final String cloud() {
        return cloud;
    }

    /** Whether the step fails when not all went well. */
    final boolean propagates() {
        return propagate;
    }

    /** To the build's console, each line with the step's name; it is on its way to the disk when this returns. */
    final void say(List<String> lines) {
        try {
            TaskListener listener = getContext().get(TaskListener.class);
            lines.forEach(line -> listener.getLogger().println("[" + step + "] " + line.replace("\n", "\n  ")));
            // Pipeline keeps what is printed for a second before it writes it (workflow-api, DelayBufferedOutputStream)
            listener.getLogger().flush();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "no console for " + step + " " + id + ": " + lines);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Names the step in the build's graph by what it is about. Only where it has no block. */
    final void label(String subject) {
        new GraphMarks(getContext()).label(step + " " + subject);
    }

    /** Why the step is at work, where the pipeline says so. */
    final void sayWhy(DrainOrder order) {
        if (order.reason() != null) {
            say(List.of("Reason: " + order.reason()));
        }
    }

    /** What stands above all that the step says: the way to the build's page, and what a crash would cost. */
    final void greet() throws IOException, InterruptedException {
        say(List.of(page(build())));
        String remark = Durability.remark(getContext());
        if (remark != null) {
            say(List.of(remark));
        }
    }

    /** The build that the step belongs to. */
    final Run<?, ?> build() {
        try {
            return getContext().get(Run.class);
        } catch (IOException e) {
            throw new BuildGone(step + " " + id + " stops: its build is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildGone(step + " " + id + " stops: interrupted", e);
        }
    }

    /** Where the step is at work, for those who listen. */
    final Origin origin() {
        Run<?, ?> build = build();
        String called = build.getExternalizableId();
        return new Origin(cloud, step, called.substring(0, called.lastIndexOf('#')), build.getNumber());
    }

    /**
     * Ends the step for a bug of the plugin.
     *
     * @param last how things stood last, in words
     */
    final void broken(Throwable bug, String last) {
        letSilenceEnd();
        if (bug instanceof BuildGone) {
            LOGGER.log(Level.INFO, bug.getMessage());
            return;
        }
        LOGGER.log(Level.SEVERE, bug, () -> step + " " + id + " broke at: " + last);
        brokenFor(bug);
        say(List.of("This is a bug of the plugin; nothing more is done. How things stood last: " + last));
        getContext().onFailure(bug);
    }

    /** The step ends for a bug, and tells nobody how. */
    void brokenFor(Throwable bug) {
        // nobody waits for it
    }

    /** Has this step be found by its claims, whatever becomes of its job meanwhile. Called whenever it begins to work. */
    final void atWork() {
        BuildsAtWork.get().add(id, build());
    }

    /**
     * Says so, with the way to the build's page, where the build is called otherwise than the console has said last: the links
     * above lead nowhere then.
     *
     * @param began what the build was called when the step began
     */
    final void sayMoved(String began) {
        Run<?, ?> build = build();
        String now = build.getExternalizableId();
        String known = called == null ? began : called;
        called = now;
        if (!now.equals(known)) {
            say(List.of("This build is called " + now + " now, no more " + known
                    + "; what it holds it goes on to hold. " + page(build)));
        }
    }

    private static String page(Run<?, ?> build) {
        return "Progress, timeline and servers: "
                + HyperlinkNote.encodeTo("/" + HostMaintenanceAction.url(build), HostMaintenanceAction.TITLE);
    }

    /**
     * Lets silences last while the step is at work, and no longer: to be called in each process that goes on with it. Nothing more is done
     * where they are kept already.
     *
     * @param kept what is to be kept; gives null once the step is over
     */
    final void keepSilence(Supplier<SilenceKeeper.Kept> kept) {
        if (keeper == null) {
            keeper = new SilenceKeeper(
                    this::open, DrainThreads.of(cloud), DrainThreads.clock(), kept, line -> say(List.of(line)));
            keeper.start();
        }
    }

    /** From now on silences end when their time is over. */
    final void letSilenceEnd() {
        SilenceKeeper now = keeper;
        if (now != null) {
            now.stop();
        }
        keeper = null;
    }

    private Nova open() {
        try {
            return CloudSessions.open(build(), cloud, credentialsId);
        } catch (AbortException e) {
            throw new NovaException.Missing(e.getMessage());
        }
    }

    /** Who knows whether another holder of the host is still at work. */
    final Holders holders() {
        return new Holders() {
            @Override
            public Holding of(Claim claim) {
                return new RunHolders(build()).of(claim);
            }

            @Override
            public boolean mayName(Claim claim) {
                return new RunHolders(build()).mayName(claim);
            }

            @Override
            public String name(Claim claim) {
                return new RunHolders(build()).name(claim);
            }

            @Override
            public Optional<Instant> wrote(Claim claim, String service, String id) {
                return new RunHolders(build()).wrote(claim, service, id);
            }

            @Override
            public String words(Claim claim) {
                return new RunHolders(build()).words(claim);
            }
        };
    }

    /** The order of this run of the step, with the name under which it holds the host. */
    final DrainOrder held(DrainOrder order, Instant began) throws AbortException {
        DrainOrder own = order.heldAs(
                Claim.of(order.by(), id, RunHolders.controller(), began).because(order.reason()));
        try {
            HeldHost around = getContext().get(HeldHost.class);
            return around == null ? own : around.under(own);
        } catch (IOException e) {
            throw new AbortException("the step's surroundings cannot be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbortException("interrupted while the step began");
        }
    }

    /** Takes what the field for the state is to have; replaces it as a whole. */
    abstract void field(String saved);

    /**
     * The state that was saved last.
     *
     * @param field what the field for the state has
     * @throws IllegalArgumentException when it cannot be known, see {@link SavedState#read}
     */
    final String lastSaved(String field) {
        return SavedState.read(field, id, this::folder);
    }

    /**
     * Saves a state; see {@link SavedState}.
     *
     * @param last whether none comes after it
     * @return completes when it is saved
     */
    final CompletionStage<Void> persist(String state, boolean last) {
        return journaled().save(state, last, this::field, this::saveProgram);
    }

    /** Keeps a state that belongs to what Pipeline saves with it, and waits for that. */
    final void keepForProgram(String state) {
        field(journaled().put(state));
    }

    private synchronized SavedState journaled() {
        if (journaled == null) {
            journaled = new SavedState(id, this::folder);
        }
        return journaled;
    }

    private Path folder() {
        return build().getRootDir().toPath();
    }

    /** Has Pipeline save this object; completes when that is done. */
    final CompletionStage<Void> saveProgram() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Futures.addCallback(
                getContext().saveState(),
                new FutureCallback<Void>() {
                    @Override
                    public void onSuccess(Void nothing) {
                        done.complete(null);
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        done.completeExceptionally(failure);
                    }
                },
                MoreExecutors.directExecutor());
        return done;
    }

    /** The build was deleted, or its controller went down, under the step: there is nobody left to tell. */
    private static final class BuildGone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BuildGone(String message, Exception cause) {
            super(message, cause);
        }
    }

    /**
     * What a state machine needs of Jenkins. Not serialised: a new one is made after a restart.
     *
     * @param <S> the machine's state
     */
    abstract class JenkinsPorts<S> implements RunnerPorts<S> {

        /** What the console has been told of the way to the cloud. */
        private final Set<String> said = new HashSet<>();

        /** The state in one sentence. */
        abstract String words(S state);

        @Override
        public final Nova nova() {
            try {
                Nova nova = CloudSessions.open(interruptibly(), cloud, credentialsId);
                List<String> news = nova.inTheClear().stream().filter(said::add).toList();
                if (!news.isEmpty()) {
                    say(news);
                }
                return nova;
            } catch (AbortException e) {
                throw new NovaException.Missing(e.getMessage());
            }
        }

        /** The build, where an abort may cut short who asks for it: that is no reason to take it for gone. */
        private Run<?, ?> interruptibly() {
            try {
                return getContext().get(Run.class);
            } catch (IOException e) {
                throw new BuildGone(step + " " + id + " stops: its build is gone", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new NovaException.Unreachable("interrupted on the way to the cloud", e);
            }
        }

        @Override
        public final ScheduledExecutorService watch() {
            return DrainThreads.watch();
        }

        @Override
        public final GuestWatcher guests(GuestOrder order) {
            return DrainThreads.guests(order, line -> say(List.of(line)));
        }

        @Override
        public final boolean goingDown() {
            Jenkins jenkins = Jenkins.getInstanceOrNull();
            return jenkins != null && jenkins.isTerminating();
        }

        @Override
        public final boolean quietingDown() {
            Jenkins jenkins = Jenkins.getInstanceOrNull();
            return jenkins != null && jenkins.isQuietingDown();
        }

        @Override
        public final void broken(S last, Throwable bug) {
            CloudExecution.this.broken(bug, words(last));
        }
    }
}
