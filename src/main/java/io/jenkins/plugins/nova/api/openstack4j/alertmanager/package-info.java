/**
 * Which alerts are silent while a host is in maintenance? Silences of an Alertmanager, which is in no catalogue and takes no token: its
 * address, its credential and what is to be silenced are settings of the cloud.
 */
package io.jenkins.plugins.nova.api.openstack4j.alertmanager;
