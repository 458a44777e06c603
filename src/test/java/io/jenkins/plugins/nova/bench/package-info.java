/**
 * What the engine costs, in figures. {@code mvn -q -Pbench verify} prints them, one line each; the bounds that are not times
 * are held by the tests of this package in {@code mvn verify}.
 */
package io.jenkins.plugins.nova.bench;
