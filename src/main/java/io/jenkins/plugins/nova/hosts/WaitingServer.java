package io.jenkins.plugins.nova.hosts;

import java.time.Instant;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A server in VERIFY_RESIZE: it has disks on two hosts until somebody confirms or reverts.
 *
 * @param id its uuid
 * @param name as its owner gave it; empty when not told
 * @param host where it is
 * @param source where it came from, and has its old disks; null when Nova's list of migrations does not tell
 * @param since when its move was finished, by our clock; null likewise
 * @param ownersResize whether its owner resized it, who then is the one to settle it
 */
@ExportedBean
public record WaitingServer(
        @Exported String id,
        @Exported String name,
        @Exported String host,
        @Exported String source,
        Instant since,
        @Exported boolean ownersResize) {

    /**
     * For the remote API.
     *
     * @return when its move was finished, in ISO 8601; null when that is not told
     */
    @Exported(name = "since")
    public String sinceText() {
        return since == null ? null : since.toString();
    }
}
