package io.jenkins.plugins.nova.rehearsal.engine;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/** The scripts of one pipeline: the Jenkinsfile, the global variables of its libraries, and what it loads or evaluates. */
public final class Scripts {
    private final JenkinsfileCompiler compiler;
    private final ClassLoader others;
    private final Libraries libraries;
    private final Mentions mentions = new Mentions();
    private final Map<String, PipelineScript> variables = new HashMap<>();
    private int evaluated;

    /** Names that the text of the pipeline mentions; those of them that a library has as variables are looked at too. */
    static final class Mentions {
        private final Deque<String> open = new ArrayDeque<>();
        private final Set<String> seen = new HashSet<>();

        void add(String name) {
            if (seen.add(name)) {
                open.add(name);
            }
        }
    }

    /**
     * @param libraries the shared libraries at hand
     * @param others has the classes of scripts of the rehearsal's own
     * @param customizers what looks at each script; given these scripts, of which names and libraries are told
     */
    public Scripts(
            Libraries libraries, ClassLoader others, Function<Scripts, List<CompilationCustomizer>> customizers) {
        this.libraries = libraries;
        this.others = others;
        this.compiler = new JenkinsfileCompiler(customizers.apply(this));
    }

    /** A name that a script mentions. */
    void mentions(String name) {
        mentions.add(name);
    }

    /** A script asks for a library; whether it is at hand. */
    public boolean asksFor(String library) {
        return libraries.load(library, compiler::addSources);
    }

    /** The whole of the Jenkinsfile was looked at. */
    void asksForNoMore() {
        libraries.loadImplicit(compiler::addSources);
    }

    /** Whether a library that is loaded has a variable of that name. */
    public boolean hasVariable(String name) {
        return libraries.variable(name).isPresent();
    }

    /**
     * Compiles the Jenkinsfile, and of the libraries the variables that it mentions, and that these mention.
     *
     * @throws NotRunnable says file, line and reason if one of them is not valid
     */
    public PipelineScript main(String text) {
        PipelineScript script = compiler.compile(text, JenkinsfileCompiler.NAME);
        while (!mentions.open.isEmpty()) {
            variable(mentions.open.pop());
        }
        return script;
    }

    /** The variable of a library. */
    Optional<PipelineScript> variable(String name) {
        PipelineScript known = variables.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Path> file = libraries.variable(name);
        file.ifPresent(
                path -> variables.put(name, compiler.compile(Libraries.text(path), "./vars/" + path.getFileName())));
        return Optional.ofNullable(variables.get(name));
    }

    /** The variables of libraries that are in use. */
    Map<String, PipelineScript> variables() {
        return Map.copyOf(variables);
    }

    /** They go on as these. */
    void restored(Map<String, PipelineScript> read) {
        variables.putAll(read);
    }

    /** A script that the pipeline has as text. */
    PipelineScript evaluated(String text) {
        evaluated++;
        return compiler.compile(text, "Script" + evaluated);
    }

    /** A script that the pipeline loads from its workspace. */
    PipelineScript loaded(String text, String file) {
        return compiler.compile(text, "./" + file);
    }

    /** What has the classes of all of them, and of the rehearsal's own scripts. */
    ClassLoader loader() {
        return new ClassLoader(compiler.loader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                return others.loadClass(name);
            }
        };
    }
}
