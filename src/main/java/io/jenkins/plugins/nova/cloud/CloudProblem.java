package io.jenkins.plugins.nova.cloud;

/**
 * Something that a person can put right: a parameter, a setting or a credential. The message names it, its value and
 * the way out, and never holds a secret. Callers turn it into what their surroundings show: a build's abort message or
 * a line under a form's field.
 */
final class CloudProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CloudProblem(String message) {
        super(message);
    }
}
