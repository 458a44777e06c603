package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which plugin has which step or global variable, of those often met beside ours, so that an unknown one can be named in full. */
public final class KnownPlugins {
    /** Whose classes of hudson.model and jenkins.model a script can name without an import. */
    private static final String CORE = "Jenkins core";

    private static final Map<String, String> BY_STEP = byName(
            "ansible: ansiblePlaybook ansibleVault ansibleAdhoc",
            "ansible-tower: ansibleTower",
            "ansicolor: ansiColor",
            "artifactory: rtUpload rtDownload rtServer rtPublishBuildInfo",
            "checks-api: publishChecks",
            "config-file-provider: configFileProvider",
            "copyartifact: copyArtifacts",
            "credentials-binding: withCredentials",
            "datadog: datadog",
            "discord-notifier: discordSend",
            "docker-workflow: withDockerContainer withDockerRegistry withDockerServer dockerFingerprintFrom",
            "email-ext: emailext emailextrecipients",
            "git: git gitUsernamePassword",
            "github-notify: githubNotify",
            "gitlab-plugin: gitlabCommitStatus updateGitlabCommitStatus gitlabBuilds addGitLabMRComment acceptGitLabMR",
            "hashicorp-vault-plugin: withVault",
            "htmlpublisher: publishHTML",
            "http_request: httpRequest",
            "influxdb: influxDbPublisher",
            "jira-steps: jiraComment jiraNewIssue jiraTransitionIssue jiraGetIssue",
            "job-dsl: jobDsl",
            "junit: junit",
            "kubernetes: podTemplate container containerLog containerTemplate",
            "kubernetes-cli: withKubeConfig withKubeCredentials",
            "lockable-resources: lock updateLock findLocksByLabel",
            "mattermost: mattermostSend",
            "nexus-artifact-uploader: nexusArtifactUploader",
            "nodejs: nodejs",
            "office-365-connector: office365ConnectorSend",
            "openstack-cloud: openstackMachine",
            "pagerduty: pagerduty",
            "pipeline-aws: withAWS s3Upload s3Download",
            "pipeline-build-step: build waitForBuild",
            "pipeline-groovy-lib: library libraryResource",
            "pipeline-maven: withMaven",
            "pipeline-milestone-step: milestone",
            "pipeline-utility-steps: readYaml writeYaml readProperties readCSV writeCSV readMavenPom writeMavenPom zip unzip"
                    + " findFiles touch sha1 sha256 tar untar prependToFile nodesByLabel compareVersions",
            "publish-over-ssh: sshPublisher sshPublisherDesc sshTransfer",
            "rocketchatnotifier: rocketSend",
            "slack: slackSend slackUploadFile slackUserIdFromEmail slackUserIdsFromCommitters",
            "sonar: withSonarQubeEnv waitForQualityGate",
            "ssh-agent: sshagent",
            "ssh-steps: sshCommand sshScript sshPut sshGet sshRemove",
            "telegram-notifications: telegramSend",
            "throttle-concurrents: throttle",
            "warnings-ng: recordIssues scanForIssues publishIssues",
            "workflow-basic-steps: mail step wrap withContext getContext unarchive archive tool dir deleteDir stash unstash pwd"
                    + " isUnix",
            "workflow-cps: load",
            "workflow-durable-task-step: bat powershell pwsh ws",
            "workflow-multibranch: properties readTrusted resolveScm",
            "workflow-scm-step: checkout",
            "ws-cleanup: cleanWs");
    private static final Map<String, String> BY_GLOBAL = byName(
            CORE
                    + ": Hudson User Computer CauseAction Items AbstractProject AbstractBuild FreeStyleProject ParametersAction StringParameterValue BooleanParameterValue Executor"
                    + " Label View ListView Slave ParameterDefinition StringParameterDefinition BuildListener Fingerprint UpdateCenter Nodes JenkinsLocationConfiguration",
            "artifactory: Artifactory",
            "docker-workflow: docker",
            "groovy-postbuild: manager",
            "kubernetes-pipeline-steps: kubernetes",
            "openshift-client: openshift",
            "pipeline-github: pullRequest");
    private static final Map<String, String> BY_AGENT =
            byName("docker-workflow: docker dockerfile", "kubernetes: kubernetes", "amazon-ecs: ecs");

    private KnownPlugins() {}

    private static Map<String, String> byName(String... lines) {
        Map<String, String> byName = new TreeMap<>();
        for (String line : lines) {
            String[] parts = line.split(": ");
            for (String name : parts[1].split(" ")) {
                byName.put(name, parts[0]);
            }
        }
        return byName;
    }

    /** Whether that name is a step of a known plugin. */
    public static boolean knows(String step) {
        return BY_STEP.containsKey(step);
    }

    /** Whether that name is a global variable of a known plugin. */
    public static boolean knowsGlobal(String name) {
        return BY_GLOBAL.containsKey(name);
    }

    /** Says that a step, or a global variable, is unknown. */
    public static String unknown(String name) {
        if (BY_GLOBAL.containsKey(name)) {
            String plugin = BY_GLOBAL.get(name);
            return "'" + name + "' is "
                    + (plugin.equals(CORE) ? "a class of " : "a global variable of the plugin ") + plugin
                    + ", which the rehearsal does not have; -Dstub=" + name
                    + " lets it pass: what is called of it does nothing, and blocks run";
        }
        return BY_STEP.containsKey(name)
                ? "'" + name + "' is a step of the plugin " + BY_STEP.get(name) + ", which the rehearsal does not have"
                        + passes(name)
                : "'" + name
                        + "' is no step, function or variable that the rehearsal knows: of a plugin or a shared library"
                        + " (-Dlibrary=DIR), or a mistake, of which a controller says: No such DSL method '" + name
                        + "' found" + passes(name);
    }

    private static String passes(String name) {
        return "; -Dstub=" + name + " lets it pass without doing anything";
    }

    /** Says that a build step or wrapper is unknown that is named by its class. */
    static String unknownClass(String name) {
        return "[$class: '" + name + "'] is of a plugin, which the rehearsal does not have" + passes(name);
    }

    /** The plugin that has that agent. */
    public static Optional<String> ofAgent(String agent) {
        return Optional.ofNullable(BY_AGENT.get(agent));
    }
}
