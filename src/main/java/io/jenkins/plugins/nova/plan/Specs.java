package io.jenkins.plugins.nova.plan;

import io.jenkins.plugins.nova.api.Server;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a server asks of its host, by the extra specs of its flavor (embedded from 2.47, for an admin) and the properties of its
 * image (2.98; older clouds do not tell them, and a server that boots from a volume has none here). What is not told cannot be
 * seen: then Nova finds out.
 */
public final class Specs {

    /** What oslo_utils.strutils.bool_from_string takes for true. */
    private static final Set<String> YES = Set.of("1", "t", "true", "on", "y", "yes");

    private Specs() {}

    /** An extra spec such as {@code hw:tpm_version}, or else the image property of the same meaning, {@code hw_tpm_version}. */
    public static Optional<String> value(Server server, String extraSpec) {
        return extra(server, extraSpec)
                .or(() -> Optional.ofNullable(server.imageProperties().get(extraSpec.replace(':', '_'))));
    }

    /** An extra spec that has no image property. */
    public static Optional<String> extra(Server server, String extraSpec) {
        return Optional.ofNullable(server.flavor().extraSpecs().get(extraSpec));
    }

    /** Whether a spec is set to what Nova takes for true. */
    public static boolean yes(Server server, String extraSpec) {
        return value(server, extraSpec)
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .filter(YES::contains)
                .isPresent();
    }

    /** Whether it asks for some of a resource class, in the unnumbered group or another ({@code resources1:VGPU=1}). */
    public static boolean asksFor(Server server, String resourceClass) {
        return server.flavor().extraSpecs().entrySet().stream()
                .anyMatch(spec -> spec.getKey().matches("resources[^:]*:" + resourceClass)
                        && !spec.getValue().strip().equals("0"));
    }
}
