/** How is a state kept as text, and what has changed from one to the next? Knows nothing of what is in a state. */
package io.jenkins.plugins.nova.drain.json;
