/**
 * The clouds that an administrator configured, the credentials they are reached with, and the sessions that steps work
 * through. Depends on {@code api} alone.
 */
package io.jenkins.plugins.nova.cloud;
