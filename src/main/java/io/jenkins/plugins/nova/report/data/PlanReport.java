package io.jenkins.plugins.nova.report.data;

import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The plan of a drain as it was made, whatever became of it: what a person approves.
 *
 * @param hash stands for the whole; never {@code null}
 * @param approved the hash of the plan that had been approved before; {@code null} where none had
 * @param terms what holds for all servers; {@code null} is taken as none
 * @param seconds how long the whole is likely to take; 0 where nothing is moved
 * @param rows the servers in the order in which they are started, then those that stay; {@code null} is taken as none
 * @param room whether they fit elsewhere; {@code null} where no forecast was made
 * @param budget how the site stands beside the hosts that may be away, a sentence each; {@code null} is taken as none
 * @param drift what has changed since the approval, a line each; {@code null} is taken as nothing
 */
@ExportedBean
public record PlanReport(
        @Exported String hash,
        @Exported String approved,
        @Exported(inline = true) List<Term> terms,
        @Exported long seconds,
        @Exported(inline = true) List<PlanRow> rows,
        @Exported(inline = true) PlanRoom room,
        @Exported List<String> budget,
        @Exported List<String> drift) {

    /**
     * @throws NullPointerException without a hash
     */
    public PlanReport {
        Objects.requireNonNull(hash, "hash");
        terms = terms == null ? List.of() : List.copyOf(terms);
        rows = rows == null ? List.of() : List.copyOf(rows);
        budget = budget == null ? List.of() : List.copyOf(budget);
        drift = drift == null ? List.of() : List.copyOf(drift);
    }

    /**
     * Something that holds for all servers.
     *
     * @param name of a parameter, or in words
     * @param value as it was
     */
    @ExportedBean
    public record Term(@Exported String name, @Exported String value) {}
}
