package io.jenkins.plugins.nova.step.shown;

import io.jenkins.plugins.nova.drain.DrainState;
import io.jenkins.plugins.nova.drain.Names;
import io.jenkins.plugins.nova.drain.PlannedAs;
import io.jenkins.plugins.nova.drain.ServerState;
import io.jenkins.plugins.nova.plan.room.RoomReport;
import io.jenkins.plugins.nova.report.data.PlanReport;
import io.jenkins.plugins.nova.report.data.PlanRoom;
import io.jenkins.plugins.nova.report.data.PlanRow;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** From a drain's state to what the build's page shows of its plan: what was planned, not what became of it. */
final class PlanReports {

    private PlanReports() {}

    /** Null before the plan is made. */
    static PlanReport of(DrainState state) {
        if (state.planHash() == null) {
            return null;
        }
        List<PlanRow> rows = state.servers().stream()
                .filter(server -> server.planned() != null)
                .map(server -> row(server, state.names()))
                .toList();
        return new PlanReport(
                state.planHash(),
                state.order().expectedPlan(),
                new TreeMap<>(state.planTerms())
                        .entrySet().stream()
                                .map(term -> new PlanReport.Term(term.getKey(), term.getValue()))
                                .toList(),
                Math.max(0, rows.stream().mapToLong(PlanRow::endSeconds).max().orElse(0)),
                rows,
                room(state.room()),
                state.budget(),
                state.drift());
    }

    private static PlanRow row(ServerState server, Names names) {
        PlannedAs planned = server.planned();
        return new PlanRow(
                server.id(),
                server.name(),
                server.project(),
                names.project(server.project()),
                planned.owner(),
                names.user(planned.owner()),
                planned.flavor(),
                server.status(),
                server.ramMiB(),
                planned.action().toLowerCase(Locale.ROOT),
                planned.reason(),
                planned.hint(),
                planned.override(),
                server.expected() == null ? -1 : server.expected().start().toSeconds(),
                server.expected() == null ? -1 : server.expected().end().toSeconds());
    }

    private static PlanRoom room(RoomReport report) {
        if (report == null || report.servers() == 0) {
            return null;
        }
        return new PlanRoom(
                report.fits(),
                report.source().toString().toLowerCase(Locale.ROOT),
                report.lines().get(0)
                        + (report.proven() ? "" : " There may be a better placement: not all were tried."),
                report.places().entrySet().stream()
                        .map(place -> new PlanRoom.Place(place.getKey(), place.getValue()))
                        .toList(),
                report.shortages().stream()
                        .map(one -> new PlanRoom.Shortage(one.server(), one.name(), one.needs(), one.reason()))
                        .toList());
    }
}
