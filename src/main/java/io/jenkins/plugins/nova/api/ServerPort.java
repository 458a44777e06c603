package io.jenkins.plugins.nova.api;

import java.util.List;

/**
 * A port of a server as Nova passes it on from Neutron (GET /servers/{id}/os-interface).
 *
 * @param id Neutron's id of the port
 * @param macAddress may be null
 * @param state Neutron's status: ACTIVE, DOWN, BUILD, ERROR or N/A; UNKNOWN when not told; the port of a server that is shut off is DOWN
 * @param addresses its fixed addresses
 */
public record ServerPort(String id, String macAddress, String state, List<String> addresses) {
    public ServerPort {
        addresses = List.copyOf(addresses);
    }
}
