package io.jenkins.plugins.nova.rehearsal;

import io.jenkins.plugins.nova.rehearsal.build.Answers;
import io.jenkins.plugins.nova.rehearsal.build.Build;
import io.jenkins.plugins.nova.rehearsal.build.Console;
import io.jenkins.plugins.nova.rehearsal.build.Operator;
import io.jenkins.plugins.nova.rehearsal.build.Parameters;
import io.jenkins.plugins.nova.rehearsal.build.Secrets;
import io.jenkins.plugins.nova.rehearsal.engine.VmThread;
import io.jenkins.plugins.nova.rehearsal.jenkins.RehearsedRun;
import io.jenkins.plugins.nova.rehearsal.steps.Reach;
import io.jenkins.plugins.nova.rehearsal.steps.Stubs;
import io.jenkins.plugins.nova.rehearsal.time.JumpingTime;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Rehearses a Jenkinsfile in a test: what was given, what was seen, how it ended. */
public final class Rehearsed {
    private final File folder;
    private final Map<String, String> parameters = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private String answer = "";
    private final Map<String, String> named = new HashMap<>();
    private Optional<Path> checkout = Optional.empty();
    private final Map<String, Path> libraries = new HashMap<>();
    private BufferedReader terminal;
    private boolean simulated;
    private Charset charset = StandardCharsets.UTF_8;
    private List<String> stubs = List.of();
    private final Map<String, String> answers = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private boolean commands;
    private boolean restarting;
    private Duration bound = VmThread.BOUND;
    private boolean sandbox = true;
    private JumpingTime time;
    private List<Duration> kills = List.of();
    private RehearsedRun run;
    private RehearsedRun before;
    private volatile Rehearsal rehearsal;

    public Rehearsed(File folder) {
        this.folder = folder;
    }

    public Rehearsed parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    public Rehearsed secret(String id, String text) {
        secrets.put("credential." + id, text);
        return this;
    }

    public Rehearsed answer(boolean proceed) {
        answer = proceed ? "proceed" : "abort";
        return this;
    }

    /** The answer to one input, by its id or message, as -Danswer.NAME says it. */
    public Rehearsed answerTo(String input, String value) {
        named.put(input, value);
        return this;
    }

    /** The folder that is checked out. */
    public Rehearsed checkout(Path folder) {
        checkout = Optional.of(folder);
        return this;
    }

    /** The folder of a shared library. */
    public Rehearsed library(String name, Path folder) {
        libraries.put(name, folder);
        return this;
    }

    /** What somebody types at the terminal. */
    public Rehearsed typing(String lines) {
        terminal = new BufferedReader(new StringReader(lines));
        return this;
    }

    /** Somebody at the terminal: each line is asked for when an input waits for it. */
    public Rehearsed terminal(Supplier<String> somebody) {
        terminal = new BufferedReader(new StringReader("")) {
            @Override
            public String readLine() {
                return somebody.get();
            }
        };
        return this;
    }

    /** The cloud is a simulated one, so that nobody needs to be there. */
    public Rehearsed simulated() {
        simulated = true;
        return this;
    }

    /** The console has only these characters. */
    public Rehearsed charset(Charset only) {
        charset = only;
        return this;
    }

    public Rehearsed stub(String... names) {
        stubs = List.of(names);
        return this;
    }

    /** What a step returns, as -Dstub.NAME says it. */
    public Rehearsed answer(String step, String value) {
        answers.put(step, value);
        return this;
    }

    /** A variable of the whole build. */
    public Rehearsed variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** As if the controller were restarted at each step that waits. */
    public Rehearsed restarting() {
        restarting = true;
        return this;
    }

    /** How long the script may run without giving way. */
    public Rehearsed bound(Duration time) {
        bound = time;
        return this;
    }

    /** Its steps go by the time of a simulated cloud. */
    public Rehearsed in(JumpingTime ofCloud) {
        time = ofCloud;
        return this;
    }

    /** The controller is killed so long after the beginning, and comes up again. */
    public Rehearsed killed(Duration... after) {
        kills = List.of(after);
        return this;
    }

    /** It is the job's next build. */
    public Rehearsed after(RehearsedRun build) {
        before = build;
        return this;
    }

    /** Commands really run. */
    public Rehearsed commands() {
        commands = true;
        return this;
    }

    /** The script may call what a sandbox refuses. */
    public Rehearsed withoutSandbox() {
        sandbox = false;
        return this;
    }

    /** Runs it to its end. */
    public Ending run(String jenkinsfile) throws Exception {
        run = before == null ? RehearsedRun.begin("test", folder) : before.next(folder);
        Console console = new Console(new PrintStream(seen, true, charset), charset, false, Clock.systemUTC());
        Build build = new Build(
                run,
                console,
                Path.of(folder.getPath(), "workspace"),
                new Parameters(parameters),
                new Secrets(secrets::get, name -> null),
                new Operator(new Answers(answer, named), terminal, simulated, "tester"),
                new TreeMap<>(variables));
        try (Rehearsal once = new Rehearsal(
                build, new Reach(commands, sandbox, Stubs.of(stubs, answers), checkout, libraries), time, bound)) {
            rehearsal = once;
            if (restarting) {
                once.restartsAtEachStep();
            }
            once.killed(kills);
            if (time != null) {
                time.begin(once::waitsForTime);
            }
            return once.run(jenkinsfile);
        }
    }

    /** Everything on the console. */
    public String console() {
        return seen.toString(charset);
    }

    /** The console without blank lines and without what the stages' headings say of the time. */
    public List<String> lines() {
        return console()
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.replaceAll(" \\+\\d+:\\d\\d$", ""))
                .toList();
    }

    /** The build. */
    public RehearsedRun build() {
        return run;
    }

    /** The rehearsal under way. */
    public Rehearsal rehearsal() {
        return rehearsal;
    }
}
