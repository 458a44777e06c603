package io.jenkins.plugins.nova.api;

import java.time.Instant;

/**
 * What a service beside Nova keeps about a host, and is set while the host is in maintenance.
 *
 * @param kind which service, and which setting of it
 * @param id what the service calls it; only to be handed back to it
 * @param name for people, such as {@code host compute1 of segment rack1}
 * @param held whether it reads as for a host in maintenance
 * @param changed when the service last wrote its record, by the service's own clock; null when that is not told
 */
public record HostSetting(Kind kind, String id, String name, boolean held, Instant changed) {

    /** The services and their settings. */
    public enum Kind {
        /**
         * Masakari's {@code on_maintenance}: while it is set, Masakari answers what is notified about the host with 409 and
         * neither evacuates it nor forces its compute service down (masakari/ha/api.py).
         */
        INSTANCE_HA("masakari", "Masakari", "instance-ha");

        private final String word;
        private final String title;
        private final String type;

        Kind(String word, String title, String type) {
            this.word = word;
            this.title = title;
            this.type = type;
        }

        /** As pipelines name it. */
        public String word() {
            return word;
        }

        /** As people call the service. */
        public String title() {
            return title;
        }

        /** The service's type in the catalogue. */
        public String type() {
            return type;
        }
    }
}
