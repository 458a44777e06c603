/**
 * When is looked, saved and sent? The runner of a state machine, which holds no thread between ticks, the drain as such a
 * machine, and the sender of what was decided. The steps begin here.
 */
package io.jenkins.plugins.nova.drain.run;
