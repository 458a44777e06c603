/**
 * May this server be moved, and how? A filter each reason, in the order of
 * {@link io.jenkins.plugins.nova.plan.filter.Filters}; the first that has a word decides.
 */
package io.jenkins.plugins.nova.plan.filter;
