/**
 * What should an operator know of a server that is moved all the same? Remarks; they decide nothing.
 */
package io.jenkins.plugins.nova.plan.risk;
