package io.jenkins.plugins.nova.rehearsal.declarative;

import java.util.Set;

/** The options that are settings of the job or of Declarative itself, and no steps around the stages. */
final class Settings {
    private static final Set<String> NAMES = Set.of(
            "disableConcurrentBuilds",
            "buildDiscarder",
            "skipDefaultCheckout",
            "skipStagesAfterUnstable",
            "parallelsAlwaysFailFast",
            "preserveStashes",
            "quietPeriod",
            "durabilityHint",
            "disableResume",
            "disableRestartFromStage",
            "newContainerPerStage",
            "overrideIndexTriggers",
            "checkoutToSubdirectory",
            "rateLimitBuilds");

    private Settings() {}

    static boolean has(String option) {
        return NAMES.contains(option);
    }
}
