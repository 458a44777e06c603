/** The Pipeline steps, one file each: Step, Execution, Descriptor. */
package io.jenkins.plugins.nova.step;
