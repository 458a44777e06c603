package io.jenkins.plugins.nova;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchUnitRunner;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.runner.RunWith;

/**
 * Dependencies point one way: step to drain to plan to api, cloud to api; report and diagnosis know none of them. Beside these
 * stand the simulator, which knows none of ours, and the rehearsal, which may use all of it; nothing knows them but the tests.
 */
@RunWith(ArchUnitRunner.class)
@AnalyzeClasses(locations = ArchitectureTest.Compiled.class)
public class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.nova";
    private static final String[] JENKINS = {
        "hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "org.jvnet..", "com.cloudbees.."
    };

    private static final Path MAIN = Path.of("target/classes");
    private static final Path WINGS = Path.of("target/rehearsal-classes");

    /** What is compiled but tests: src/main with src/jenkins-api, and src/simulator with src/rehearsal. */
    public static final class Compiled implements LocationProvider {
        @Override
        public Set<Location> get(Class<?> test) {
            return Set.of(Location.of(MAIN.toUri()), Location.of(WINGS.toUri()));
        }
    }

    @ArchTest
    static final ArchRule API_KNOWS_NONE_OF_OURS = outsideOf("api", "api");

    @ArchTest
    static final ArchRule PLAN_KNOWS_API = outsideOf("plan", "plan", "api");

    @ArchTest
    static final ArchRule DRAIN_KNOWS_PLAN_AND_API = outsideOf("drain", "drain", "plan", "api", "diagnosis");

    @ArchTest
    static final ArchRule CLOUD_KNOWS_API = outsideOf("cloud", "cloud", "api");

    @ArchTest
    static final ArchRule REPORT_IS_A_LEAF = outsideOf("report", "report");

    @ArchTest
    static final ArchRule DIAGNOSIS_IS_A_LEAF = outsideOf("diagnosis", "diagnosis");

    /** Who listens is told in the words of a drain's state. */
    @ArchTest
    static final ArchRule TELEMETRY_KNOWS_THE_STATE_OF_A_DRAIN = classes()
            .that()
            .resideInAPackage(ROOT + ".telemetry..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(ROOT + ".telemetry", ROOT + ".drain", ROOT + ".plan")
                    .or(resideOutsideOfPackage(ROOT + "..")));

    /** Whatever else named them would fail on a controller without these plugins. */
    @ArchTest
    static final ArchRule TWO_EXTENSIONS_NAME_WHAT_NEED_NOT_BE_THERE = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".telemetry.DrainMetrics")
            .and()
            .doNotHaveFullyQualifiedName(ROOT + ".telemetry.ServerSpans")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.codahale..", "jenkins.metrics..", "io.opentelemetry..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.telemetry\\.(DrainMetrics|ServerSpans)");

    /** The page of the hosts finds the builds that closed them by what the steps know of each other. */
    @ArchTest
    static final ArchRule HOSTS_KNOW_THE_CLAIMS_OF_STEPS = classes()
            .that()
            .resideInAPackage(ROOT + ".hosts..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            ROOT + ".hosts..",
                            ROOT + ".cloud..",
                            ROOT + ".api",
                            ROOT + ".report..",
                            ROOT + ".drain.claim..",
                            ROOT + ".drain.text..",
                            ROOT + ".step.controller..")
                    .or(resideOutsideOfPackage(ROOT + "..")));

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_PAGE_OF_THE_HOSTS = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".hosts..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".hosts..");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    /** Each part may use those above it; docs/design.md says what question it answers. */
    @ArchTest
    static final ArchRule PARTS_OF_A_DRAIN = layered("drain")
            .layer("json")
            .layer("text")
            .layer("evidence")
            .layer("guest")
            .layer("claim")
            .layer("beside")
            .layer("width")
            .layer("")
            .layer("observe")
            .layer("server")
            .layer("host")
            .layer("decide")
            .layer("run")
            .layer("hostreturn")
            .layer("tell")
            .layer("turn")
            .layer("maintenance")
            .rule();

    @ArchTest
    static final ArchRule NOTHING_IS_DECIDED_BY_WORDS_FOR_PEOPLE = noClasses()
            .that()
            .resideInAnyPackage(inDrain("", "observe", "server", "host", "decide", "run", "hostreturn"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".drain.tell");

    @ArchTest
    static final ArchRule PARTS_OF_THE_API = layered("api.openstack4j")
            .layer("http")
            .layer("alertmanager")
            .layer("identity")
            .layer("")
            .rule();

    @ArchTest
    static final ArchRule PARTS_OF_A_REPORT =
            layered("report").layer("data").layer("page").layer("").rule();

    @ArchTest
    static final ArchRule PARTS_OF_A_PLAN = layered("plan")
            .layer("")
            .layer("order")
            .layer("risk")
            .layer("filter")
            .layer("room")
            .layer("roll")
            .rule();

    @ArchTest
    static final ArchRule PARTS_OF_THE_STEPS = layered("step")
            .layer("controller")
            .layer("shown")
            .layer("argument")
            .layer("form")
            .layer("")
            .rule();

    @ArchTest
    static final ArchRule DRAIN_AND_PLAN_ARE_PLAIN_JAVA = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".drain..", ROOT + ".plan..", ROOT + ".diagnosis..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JENKINS)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..", "org.openstack4j..", ROOT + ".api.openstack4j..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule THE_API_KNOWS_NEITHER_JENKINS = noClasses()
            .that()
            .resideInAPackage(ROOT + ".api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JENKINS);

    @ArchTest
    static final ArchRule NOR_ITS_IMPLEMENTATION = noClasses()
            .that()
            .resideInAPackage(ROOT + ".api")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.openstack4j..", "java.net.http..", ROOT + ".api.openstack4j..");

    @ArchTest
    static final ArchRule OPENSTACK4J_IS_IN_ONE_PLACE = noClasses()
            .that()
            .resideInAPackage(ROOT + "..")
            .and()
            .resideOutsideOfPackage(ROOT + ".api.openstack4j..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.openstack4j..");

    @ArchTest
    static final ArchRule SIGNATURES_KNOW_NOTHING_OF_US = noClasses()
            .that()
            .resideInAnyPackage(JENKINS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "..");

    @ArchTest
    static final ArchRule MAIN_KNOWS_NEITHER_SIMULATOR_NOR_REHEARSAL =
            noClasses().that(compiledTo(MAIN)).should().dependOnClassesThat(compiledTo(WINGS));

    /** On the class path of main it is for the rehearsal: the plugin runs in whatever engine a controller has. */
    @ArchTest
    static final ArchRule NOR_PIPELINES_ENGINE = noClasses()
            .that(compiledTo(MAIN))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("groovy..", "org.codehaus.groovy..", "com.cloudbees.groovy..");

    @ArchTest
    static final ArchRule SIMULATOR_KNOWS_NONE_OF_OURS = outsideOf("simulator", "simulator");

    @ArchTest
    static final ArchRule NOR_ANYTHING_BUT_HTTP_AND_JSON = classes()
            .that()
            .resideInAPackage(ROOT + ".simulator..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + ".simulator..", "java..", "com.sun.net.httpserver..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule SIMULATOR_AND_REHEARSAL_KNOW_NO_TEST =
            noClasses().that(compiledTo(WINGS)).should().dependOnClassesThat(areOfTests());

    /** Of our packages, the one may use only the others. */
    private static ArchRule outsideOf(String user, String... used) {
        String[] allowed = new String[used.length];
        for (int i = 0; i < used.length; i++) {
            allowed[i] = ROOT + "." + used[i] + "..";
        }
        return classes()
                .that()
                .resideInAPackage(ROOT + "." + user + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(resideOutsideOfPackage(ROOT + "..")))
                .allowEmptyShould(true);
    }

    private static String[] inDrain(String... parts) {
        return Stream.of(parts)
                .map(part -> ROOT + ".drain" + (part.isEmpty() ? "" : "." + part))
                .toArray(String[]::new);
    }

    private static Layers layered(String name) {
        return new Layers(ROOT + "." + name, new ArrayList<>());
    }

    /** Packages of one part of the plugin, the lowest first: none may use one that comes after it, and there are no others. */
    private record Layers(String part, List<String> packages) {

        Layers layer(String name) {
            packages.add(name.isEmpty() ? part : part + "." + name);
            return this;
        }

        ArchRule rule() {
            return classes()
                    .that()
                    .resideInAPackage(part + "..")
                    .should(new ArchCondition<JavaClass>("use only parts below their own") {
                        @Override
                        public void check(JavaClass user, ConditionEvents events) {
                            int own = packages.indexOf(user.getPackageName());
                            if (own < 0) {
                                events.add(violated(user, user.getName() + " is in no part that has a place"));
                            }
                            user.getDirectDependenciesFromSelf().stream()
                                    .filter(use -> packages.indexOf(
                                                    use.getTargetClass().getPackageName())
                                            > own)
                                    .forEach(use -> events.add(violated(user, use.getDescription())));
                        }
                    });
        }
    }

    private static DescribedPredicate<JavaClass> compiledTo(Path folder) {
        return DescribedPredicate.describe("are compiled to " + folder, type -> isIn(folder, type));
    }

    private static DescribedPredicate<JavaClass> areOfTests() {
        DescribedPredicate<JavaClass> elsewhere = DescribedPredicate.describe(
                "are of ours in src/test",
                type -> type.getPackageName().startsWith(ROOT) && !isIn(MAIN, type) && !isIn(WINGS, type));
        return elsewhere.or(
                resideInAnyPackage("org.junit..", "junit..", "org.awaitility..", "org.hamcrest..", "com.tngtech.."));
    }

    private static boolean isIn(Path folder, JavaClass type) {
        JavaClass outermost = type.getBaseComponentType();
        return outermost.getSource().isPresent()
                && outermost
                        .getSource()
                        .get()
                        .getUri()
                        .toString()
                        .startsWith(folder.toUri().toString());
    }
}
