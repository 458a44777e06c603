/**
 * The pages "OpenStack hosts": how the compute hosts of each configured cloud stand, read behind the page and changed by nothing
 * on it.
 */
package io.jenkins.plugins.nova.hosts;
