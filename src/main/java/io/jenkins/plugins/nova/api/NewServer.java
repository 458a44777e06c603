package io.jenkins.plugins.nova.api;

import java.util.Map;

/**
 * A server that is to be made.
 *
 * @param name its name; Nova makes the guest's hostname of it
 * @param imageId the image it boots from, onto the hypervisor's own disk
 * @param flavorId its flavor
 * @param networkId the network it gets a port on; null for no network at all (2.37)
 * @param zone the availability zone it is to be in; null for the cloud's default
 * @param metadata its metadata; keys and values of 255 characters at most
 */
public record NewServer(
        String name, String imageId, String flavorId, String networkId, String zone, Map<String, String> metadata) {
    public NewServer {
        metadata = Map.copyOf(metadata);
    }
}
