package io.jenkins.plugins.nova.diagnosis;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who can fix what went wrong. */
public enum FixedBy {
    /** Whoever runs the pipeline: another parameter, another step, another time. */
    @JsonProperty("operator")
    OPERATOR("operator"),
    /** The server's project. */
    @JsonProperty("owner")
    OWNER("owner"),
    /** Whoever configures the cloud's hosts and services. */
    @JsonProperty("cloud administrator")
    CLOUD_ADMINISTRATOR("cloud administrator");

    private final String words;

    FixedBy(String words) {
        this.words = words;
    }

    /** {@code operator}, {@code owner} or {@code cloud administrator}. */
    @Override
    public String toString() {
        return words;
    }
}
