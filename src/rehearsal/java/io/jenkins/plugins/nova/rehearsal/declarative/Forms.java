package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What may stand in the sections of a Declarative Pipeline, and how each is called on a controller: the data-bound
 * constructors and setters of the classes behind the symbols. One line a name; "!" marks what is required.
 */
final class Forms {
    private static final Map<String, Class<?>> TYPES = Map.of(
            "text", String.class,
            "int", int.class,
            "long", long.class,
            "flag", boolean.class,
            "unit", TimeUnit.class,
            "list", List.class,
            "any", Object.class);

    /** The steps of {@link io.jenkins.plugins.nova.rehearsal.steps.BasicSteps}. */
    static final Forms STEPS = of(
            "archiveArtifacts artifacts:text! allowEmptyArchive:flag caseSensitive:flag defaultExcludes:flag excludes:text"
                    + " fingerprint:flag followSymlinks:flag onlyIfSuccessful:flag",
            "bat script:text! encoding:text label:text returnStatus:flag returnStdout:flag",
            "archive includes:text! excludes:text",
            "catchError buildResult:text catchInterruptions:flag message:text stageResult:text",
            "deleteDir",
            "dir path:text!",
            "echo message:text!",
            "error message:text!",
            "fileExists file:text!",
            "httpRequest url:text! acceptType:any authentication:text consoleLogResponseBody:flag contentType:any"
                    + " customHeaders:any formData:any httpMethod:any httpProxy:text ignoreSslErrors:flag"
                    + " multipartName:text outputFile:text passBuildParameters:flag proxyAuthentication:text quiet:flag"
                    + " requestBody:text responseHandle:any timeout:any uploadFile:text useNtlm:flag"
                    + " useSystemProperties:flag validResponseCodes:text validResponseContent:text wrapAsMultipart:flag",
            "input message:text! cancel:text id:text ok:text parameters:any submitter:text submitterParameter:text",
            "isUnix",
            "library identifier:text! changelog:flag retriever:any",
            "libraryResource resource:text! encoding:text",
            "load path:text!",
            "node label:text",
            "powershell script:text! encoding:text label:text loadProfile:flag returnStatus:flag returnStdout:flag",
            "pwd tmp:flag",
            "pwsh script:text! encoding:text label:text loadProfile:flag returnStatus:flag returnStdout:flag",
            "readFile file:text! encoding:text",
            "readJSON file:text returnPojo:flag text:text",
            "retry count:int! conditions:list",
            "sh script:text! encoding:text label:text returnStatus:flag returnStdout:flag",
            "sleep time:int! unit:unit",
            "step delegate:any",
            "stash name:text! allowEmpty:flag excludes:text includes:text useDefaultExcludes:flag",
            "timeout time:int! activity:flag unit:unit",
            "timestamps",
            "tool name:text! type:text",
            "unstable message:text!",
            "unstash name:text!",
            "waitUntil initialRecurrencePeriod:long quiet:flag",
            "warnError message:text! catchInterruptions:flag",
            "withCredentials bindings:list!",
            "withEnv overrides:list!",
            "ws dir:text!",
            "wrap delegate:any!",
            "writeFile file:text! text:text! encoding:text",
            "writeJSON json:any! file:text pretty:int returnText:flag");

    /** What {@code parameters} takes. */
    static final Forms PARAMETERS = of(
            "booleanParam name:text! defaultValue:flag description:text",
            "choice name:text! choices:any description:text",
            "choiceParam name:text! choices:any description:text",
            "credentials name:text! credentialType:text defaultValue:text description:text required:flag",
            "file name:text! description:text",
            "password name:text! defaultValue:text defaultValueAsSecret:any description:text",
            "string name:text! defaultValue:text description:text trim:flag",
            "stringParam name:text! defaultValue:text description:text trim:flag",
            "text name:text! defaultValue:text description:text trim:flag",
            "textParam name:text! defaultValue:text description:text trim:flag");

    /** What {@code triggers} takes. */
    static final Forms TRIGGERS = of(
            "cron spec:text!",
            "pollSCM scmpoll_spec:text! ignorePostCommitHooks:flag",
            "upstream upstreamProjects:text! threshold:any");

    /** Triggers of other plugins; how they are called is theirs to say. */
    static final Set<String> OTHER_TRIGGERS = Set.of(
            "bitbucketPush",
            "genericTrigger",
            "GenericTrigger",
            "gerrit",
            "githubPush",
            "githubPullRequests",
            "gitlab",
            "gitLab",
            "issueCommentTrigger",
            "parameterizedCron",
            "eventTrigger",
            "giteaPush");

    /** The options that are settings of the job or of Declarative itself, and no steps around the stages. */
    static final Forms SETTINGS = of(
            "buildDiscarder strategy:any!",
            "checkoutToSubdirectory subdirectory:text!",
            "disableConcurrentBuilds abortPrevious:flag",
            "disableRestartFromStage disableRestartFromStage:flag",
            "disableResume",
            "durabilityHint hint:text!",
            "newContainerPerStage newContainerPerStage:flag",
            "overrideIndexTriggers enableTriggers:flag!",
            "parallelsAlwaysFailFast parallelsAlwaysFailFast:flag",
            "preserveStashes buildCount:int",
            "quietPeriod quietPeriod:int!",
            "rateLimitBuilds throttle:any!",
            "skipDefaultCheckout skipDefaultCheckout:flag",
            "skipStagesAfterUnstable skipStagesAfterUnstable:flag");

    /** Those of them that a stage may have too. */
    static final Set<String> SETTINGS_OF_STAGE = Set.of("skipDefaultCheckout");

    /** Steps with a block that are no option: they are sections. */
    static final Set<String> NO_OPTIONS = Set.of("stage", "node", "script", "parallel", "properties");

    /** What stands inside the arguments of options, triggers and parameters. */
    static final Forms NESTED = of("logRotator artifactDaysToKeepStr:text artifactNumToKeepStr:text daysToKeepStr:text"
            + " numToKeepStr:text removeLastBuild:flag");

    /** The conditions of {@code when} that hold no others. */
    static final Forms CONDITIONS = of(
            "branch pattern:text! comparator:text",
            "buildingTag",
            "changeRequest author:text authorDisplayName:text authorEmail:text branch:text comparator:text fork:text id:text"
                    + " target:text title:text url:text",
            "changelog pattern:text!",
            "changeset pattern:text! caseSensitive:flag comparator:text glob:text",
            "environment name:text! value:text! ignoreCase:flag",
            "equals actual:any! expected:any!",
            "isRestartedRun",
            "tag pattern:text! comparator:text",
            "triggeredBy cause:text! detail:text");

    private final Map<String, Form> byName;

    private Forms(Map<String, Form> byName) {
        this.byName = byName;
    }

    private static Forms of(String... lines) {
        Map<String, Form> forms = new TreeMap<>();
        for (String line : lines) {
            String[] words = line.split(" ");
            Map<String, Class<?>> types = new LinkedHashMap<>();
            Set<String> required = new LinkedHashSet<>();
            Stream.of(words).skip(1).forEach(word -> {
                String[] parts = word.replace("!", "").split(":");
                types.put(parts[0], TYPES.get(parts[1]));
                if (word.endsWith("!")) {
                    required.add(parts[0]);
                }
            });
            forms.put(words[0], new Form(words[0], types, required));
        }
        return new Forms(forms);
    }

    /** The one of that name. */
    Optional<Form> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Their names, sorted. */
    Set<String> names() {
        return byName.keySet();
    }
}
