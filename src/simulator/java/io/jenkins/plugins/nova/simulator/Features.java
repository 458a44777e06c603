package io.jenkins.plugins.nova.simulator;

/** What of a server's making Nova's API refuses to move live (the decorators of live_migrate in nova/compute/api.py). */
final class Features {

    private Features() {}

    static void check(SimServer server) {
        SharesApi.check(server);
        if (asks(server, "hw:tpm_version")) {
            refuse(server, "vTPM");
        }
        if (asks(server, "hw:mem_encryption")) {
            refuse(server, "SEV");
        }
    }

    private static boolean asks(SimServer server, String extraSpec) {
        return server.flavor.extraSpecs().containsKey(extraSpec);
    }

    private static void refuse(SimServer server, String feature) {
        throw ApiError.badRequest(
                "Operation 'live-migration' not supported for " + feature + "-enabled instance (" + server.id + ").");
    }
}
