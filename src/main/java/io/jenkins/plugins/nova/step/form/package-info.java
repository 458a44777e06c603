/**
 * What does the form of a step offer, and what does it remark under a field?
 */
package io.jenkins.plugins.nova.step.form;
