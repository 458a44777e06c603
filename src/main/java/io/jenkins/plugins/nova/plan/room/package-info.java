/**
 * Is there room elsewhere? The budget of hosts that may be away, what Placement and Nova say is free, and whether the servers
 * can be packed into that.
 */
package io.jenkins.plugins.nova.plan.room;
