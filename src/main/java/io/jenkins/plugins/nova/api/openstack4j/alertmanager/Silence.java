package io.jenkins.plugins.nova.api.openstack4j.alertmanager;

import java.time.Instant;

/**
 * A silence that has not ended, as Alertmanager tells it.
 *
 * @param id a uuid
 * @param comment as it stands there, and not fit to be shown
 * @param starts to be sent back as it is: with another second a change makes a new silence of it (silence/silence.go, canUpdate)
 * @param ends when it ends by itself, by Alertmanager's clock
 * @param updated when it was last written
 */
public record Silence(String id, String comment, Instant starts, Instant ends, Instant updated) {}
