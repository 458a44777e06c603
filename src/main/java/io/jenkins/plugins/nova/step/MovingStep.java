package io.jenkins.plugins.nova.step;

import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.nova.step.argument.Arguments;
import io.jenkins.plugins.nova.step.argument.OrderBuilder;
import io.jenkins.plugins.nova.step.argument.WatchList;
import org.kohsuke.stapler.DataBoundSetter;

/** What all steps have in common that move servers to other hosts. */
public abstract class MovingStep extends NovaStep {

    private String targetHost;
    private Object approve;
    private Object watch;
    private String watchFrom;

    /** Where servers are to go; null for the scheduler's choice. */
    public final String getTargetHost() {
        return targetHost;
    }

    @DataBoundSetter
    public final void setTargetHost(String targetHost) {
        this.targetHost = Util.fixEmpty(targetHost);
    }

    /**
     * Servers (ids or names, one or a list; true for all) that are moved although their owner, or what it would do to their
     * guest, asks for a word first; null for none.
     */
    public final Object getApprove() {
        return approve;
    }

    @DataBoundSetter
    public final void setApprove(Object approve) {
        this.approve = approve;
    }

    /** Where the guests of servers answer, a map; or a text of the form; null for nobody who is looked at. */
    public final Object getWatch() {
        return watch;
    }

    /** An emptied field of the form is nobody. */
    @DataBoundSetter
    public final void setWatch(Object watch) {
        this.watch = watch instanceof String text && text.isBlank() ? null : watch;
    }

    /** The agent that looks at guests, by its name; null for the controller. */
    public final String getWatchFrom() {
        return watchFrom;
    }

    @DataBoundSetter
    public final void setWatchFrom(String watchFrom) {
        this.watchFrom = Util.fixEmptyAndTrim(watchFrom);
    }

    /** An order with what all moves have in common. */
    final OrderBuilder moving(String by) throws AbortException {
        return common(by)
                .targetHost(Arguments.optionalHost("targetHost", targetHost))
                .approve(Arguments.namesOrAll("approve", approve))
                .guests(WatchList.read(watch, watchFrom));
    }
}
