package io.jenkins.plugins.nova.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What will be done with each server.
 *
 * @param servers in the order in which they will be started
 * @param hash 12 hexadecimal digits over what matters (servers, where they are, verdicts, target), and not over what
 *     flickers (progress, time)
 */
public record Plan(List<PlannedServer> servers, String hash) {

    /** Makes a plan and its hash. */
    static Plan of(String host, PlanContext context, List<PlannedServer> servers) {
        StringBuilder text = new StringBuilder()
                .append(host)
                .append('\n')
                .append(context.route())
                .append('\n')
                .append(context.targetHost())
                .append('\n');
        servers.stream()
                .map(planned -> planned.server().id()
                        + '|'
                        + planned.server().host()
                        + '|'
                        + planned.server().vmState()
                        + '|'
                        + planned.verdict().action())
                .sorted()
                .forEach(line -> text.append(line).append('\n'));
        return new Plan(List.copyOf(servers), digest(text.toString()));
    }

    /** How long the whole is likely to take; zero when nothing is moved. */
    public Duration expected() {
        return servers.stream()
                .map(PlannedServer::expected)
                .filter(Objects::nonNull)
                .map(Expected::end)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** How many servers have this verdict. */
    public long count(Action action) {
        return servers.stream()
                .filter(planned -> planned.verdict().action() == action)
                .count();
    }

    private static String digest(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
