package io.jenkins.plugins.nova.api.openstack4j;

import io.jenkins.plugins.nova.api.InstanceAction;
import io.jenkins.plugins.nova.api.Migration;
import io.jenkins.plugins.nova.api.ServerMigration;
import io.jenkins.plugins.nova.api.openstack4j.http.Fields;

/** Migrations and instance actions, read from Nova's JSON. */
final class MoveJson {

    private MoveJson() {}

    static Migration migration(Fields json) {
        return new Migration(
                json.number("id"),
                json.textOrNull("uuid"),
                json.exact("instance_uuid"),
                json.textOrEmpty("migration_type"),
                json.textOrEmpty("status"),
                json.exactOrNull("source_compute"),
                json.exactOrNull("dest_compute"),
                json.textOrNull("user_id"),
                json.timeOrNull("created_at"),
                json.timeOrNull("updated_at"));
    }

    static ServerMigration running(Fields json) {
        return new ServerMigration(
                json.number("id"),
                json.textOrEmpty("status"),
                json.exactOrNull("source_compute"),
                json.exactOrNull("dest_compute"),
                json.numberOrNull("memory_total_bytes"),
                json.numberOrNull("memory_processed_bytes"),
                json.numberOrNull("memory_remaining_bytes"),
                json.numberOrNull("disk_total_bytes"),
                json.numberOrNull("disk_processed_bytes"),
                json.numberOrNull("disk_remaining_bytes"),
                json.timeOrNull("created_at"),
                json.timeOrNull("updated_at"));
    }

    /** An action of a list. */
    static InstanceAction action(Fields json) {
        return action(json, json.text("action"), json.exact("request_id"));
    }

    /** An action that was asked for by its request's id: what it is of is known. */
    static InstanceAction asked(Fields json, String requestId) {
        return action(json, json.textOrEmpty("action"), requestId);
    }

    private static InstanceAction action(Fields json, String action, String requestId) {
        return new InstanceAction(
                action,
                requestId,
                json.textOrNull("user_id"),
                json.timeOrNull("start_time"),
                json.proseOrNull("message"),
                json.objectsIfAny("events").stream().map(MoveJson::event).toList());
    }

    private static InstanceAction.Event event(Fields json) {
        return new InstanceAction.Event(
                json.textOrEmpty("event"),
                json.textOrNull("result"),
                json.timeOrNull("start_time"),
                json.timeOrNull("finish_time"),
                json.textOrNull("host"),
                json.proseOrNull("details"),
                json.proseOrNull("traceback"));
    }
}
