package io.jenkins.plugins.nova.api;

import java.util.List;

/**
 * Who a token belongs to.
 *
 * @param cloud the identity URL
 * @param region the region in use, never null
 * @param userId Keystone's id
 * @param userName Keystone's name of the user
 * @param projectId the project the token is scoped to
 * @param projectName its name
 * @param roles names of the roles in that project
 */
public record Identity(
        String cloud,
        String region,
        String userId,
        String userName,
        String projectId,
        String projectName,
        List<String> roles) {
    public Identity {
        roles = List.copyOf(roles);
    }
}
