/**
 * What does a pipeline order? Reads arguments, says with the parameter, the value and the way out what is wrong with one, and makes
 * an order of them.
 */
package io.jenkins.plugins.nova.step.argument;
