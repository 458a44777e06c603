/**
 * Whose is a host? The claim that stands in the reason of a disabled compute service, and what it means for who asks. Knows
 * nothing of drains: the return of a host asks the same.
 */
package io.jenkins.plugins.nova.drain.claim;
