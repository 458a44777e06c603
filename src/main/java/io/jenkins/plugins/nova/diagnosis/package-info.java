/**
 * What Nova's words of failure mean: message to cause, hint and who can fix it, as data ({@code nova-messages.json}). A
 * leaf: knows the JDK and Jackson only.
 */
package io.jenkins.plugins.nova.diagnosis;
