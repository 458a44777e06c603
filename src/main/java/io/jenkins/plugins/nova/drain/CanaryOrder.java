package io.jenkins.plugins.nova.drain;

/**
 * The server that is to be tried on a host before it is opened.
 *
 * @param image id of the image that it boots from
 * @param flavor id of its flavor
 * @param network id of the network it gets a port on; null for none
 */
public record CanaryOrder(String image, String flavor, String network) {}
