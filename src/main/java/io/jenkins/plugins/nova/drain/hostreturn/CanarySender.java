package io.jenkins.plugins.nova.drain.hostreturn;

import io.jenkins.plugins.nova.api.NewServer;
import io.jenkins.plugins.nova.drain.CanaryOrder;
import io.jenkins.plugins.nova.drain.RequestResult;
import io.jenkins.plugins.nova.drain.run.RequestSender;
import java.time.Instant;

/** Sends what a canary's stage has recorded. */
final class CanarySender {

    private final RequestSender sender;

    CanarySender(RequestSender sender) {
        this.sender = sender;
    }

    /** The state with what came of the request. */
    ReturnState send(ReturnState saved, Instant now) {
        Canary canary = saved.canary();
        String host = saved.order().host();
        return switch (canary.stage()) {
            case DELETE -> delete(saved);
            case BOOT -> CanaryTrial.answered(saved, sender.boot(wanted(saved.order(), canary)), now);
            case ENTER, BACK -> CanaryTrial.answered(saved, sender.enter(canary.id(), host), now);
            case START -> CanaryTrial.answered(saved, sender.restart(canary.id()), now);
            case LEAVE -> CanaryTrial.answered(saved, sender.leave(canary.id()), now);
            case CLEAR, OVER -> saved;
        };
    }

    private static NewServer wanted(ReturnOrder order, Canary canary) {
        CanaryOrder told = order.canary();
        return new NewServer(
                canary.name(),
                told.image(),
                told.flavor(),
                told.network(),
                canary.zone(),
                canary.metadata(order.host()));
    }

    /** Whether it is gone is looked up; deleting twice does no harm. */
    private ReturnState delete(ReturnState saved) {
        Canary canary = saved.canary();
        String said = null;
        for (String id : canary.doomed()) {
            RequestResult answer = sender.delete(id);
            boolean gone = answer instanceof RequestResult.Refused refused
                    && refused.why().status() == 404;
            said = gone || answer.trouble() == null ? said : answer.trouble();
        }
        ReturnState.Edit edit = saved.edit();
        edit.canary = canary.asking(canary.ask().taken(null)).saying(said);
        return edit.done();
    }
}
