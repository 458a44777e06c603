/**
 * The Pipeline steps: one file each with Step, Execution and Descriptor, the groups of their parameters, and what is saved with a
 * build's program. All of these keep their names: programs and forms know them by it. What only helps them is in the parts.
 */
package io.jenkins.plugins.nova.step;
