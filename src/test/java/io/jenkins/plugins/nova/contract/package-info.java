/**
 * What this project believes about Nova, tried: on the simulated cloud by default, and on a real Nova with
 * {@code -Dnova.contract.cloud=env} and the usual OS_* variables ({@code mvn -Popenstack verify}). A contract that
 * holds on one and not on the other is a bug in the simulator or in the client.
 */
package io.jenkins.plugins.nova.contract;
