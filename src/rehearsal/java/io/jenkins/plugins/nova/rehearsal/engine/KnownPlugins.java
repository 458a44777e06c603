package io.jenkins.plugins.nova.rehearsal.engine;

import java.util.Map;
import java.util.TreeMap;

/** Which plugin has which step, of those often met beside ours, so that an unknown step can be named in full. */
public final class KnownPlugins {
    private static final Map<String, String> BY_STEP = byStep();

    private KnownPlugins() {}

    private static Map<String, String> byStep() {
        Map<String, String> steps = new TreeMap<>();
        add(steps, "workflow-basic-steps", "dir deleteDir stash unstash mail pwd isUnix step tool wrap withContext");
        add(steps, "workflow-basic-steps", "getContext unarchive archive");
        add(steps, "workflow-durable-task-step", "bat powershell pwsh");
        add(steps, "workflow-cps", "load");
        add(steps, "workflow-scm-step", "checkout");
        add(steps, "workflow-multibranch", "properties readTrusted resolveScm");
        add(steps, "pipeline-groovy-lib", "library libraryResource");
        add(steps, "pipeline-build-step", "build waitForBuild");
        add(steps, "pipeline-milestone-step", "milestone");
        add(steps, "lockable-resources", "lock updateLock findLocksByLabel");
        add(
                steps,
                "pipeline-utility-steps",
                "readYaml writeYaml readProperties readCSV writeCSV readMavenPom zip unzip");
        add(steps, "pipeline-utility-steps", "findFiles touch sha1 sha256 tar untar prependToFile nodesByLabel");
        add(steps, "git", "git");
        add(steps, "ssh-agent", "sshagent");
        add(steps, "ssh-steps", "sshCommand sshScript sshPut sshGet sshRemove");
        add(steps, "ansible", "ansiblePlaybook ansibleVault ansibleAdhoc");
        add(steps, "ansicolor", "ansiColor");
        add(steps, "http_request", "httpRequest");
        add(steps, "email-ext", "emailext emailextrecipients");
        add(steps, "slack", "slackSend slackUploadFile slackUserIdFromEmail");
        add(steps, "mattermost", "mattermostSend");
        add(steps, "ws-cleanup", "cleanWs");
        add(steps, "htmlpublisher", "publishHTML");
        add(steps, "junit", "junit");
        add(steps, "warnings-ng", "recordIssues scanForIssues publishIssues");
        add(steps, "credentials-binding", "withCredentials");
        add(steps, "hashicorp-vault-plugin", "withVault");
        add(steps, "docker-workflow", "docker withDockerContainer withDockerRegistry withDockerServer");
        add(steps, "kubernetes", "podTemplate container containerLog");
        add(steps, "kubernetes-cli", "withKubeConfig withKubeCredentials");
        add(steps, "pipeline-maven", "withMaven");
        add(steps, "copyartifact", "copyArtifacts");
        add(steps, "throttle-concurrents", "throttle");
        add(steps, "openstack-cloud", "openstackMachine");
        return steps;
    }

    private static void add(Map<String, String> steps, String plugin, String names) {
        for (String name : names.split(" ")) {
            steps.put(name, plugin);
        }
    }

    /** Whether that name is a step of a known plugin. */
    public static boolean knows(String step) {
        return BY_STEP.containsKey(step);
    }

    /**
     * Says that a step is unknown.
     *
     * @param step its name
     * @param line of the Jenkinsfile; 0 if not known
     */
    public static String unknown(String step, int line) {
        String plugin = BY_STEP.get(step);
        return (line > 0 ? "line " + line + ": " : "")
                + (plugin == null
                        ? "'" + step + "' is no step, function or variable that the rehearsal knows"
                        : "'" + step + "' is a step of the plugin " + plugin + ", which the rehearsal does not have")
                + "; -Dstub=" + step + " lets it pass without doing anything";
    }
}
