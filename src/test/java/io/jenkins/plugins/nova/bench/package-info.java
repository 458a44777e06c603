/**
 * What the engine costs, in figures. {@code mvn -q -Pbench verify} prints them, one line each; the bounds that are not times
 * are held by the tests of this package.
 */
package io.jenkins.plugins.nova.bench;
