package io.jenkins.plugins.nova.step.controller;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Run;
import io.jenkins.plugins.nova.drain.turn.RollBoard.Standing;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The steps that work on hosts of rolls in this process. Told by the steps themselves, when they begin and when they go on after a
 * restart.
 *
 * <p>Thread-safe.
 */
@Extension
public final class RollsAtWork {

    /** A step on a host of a roll. */
    public interface Member {

        /** Names the roll. */
        String roll();

        /** Its host. */
        String host();

        /** How it stands now; waits for nothing. */
        Standing standing();
    }

    /** By the step's uuid. Weak: a step at work is held by its program, one that has ended by nobody. */
    private final Map<String, Entry> members = new ConcurrentHashMap<>();

    private record Entry(WeakReference<Run<?, ?>> build, WeakReference<Member> member) {}

    /** The controller's. */
    public static RollsAtWork get() {
        return ExtensionList.lookupSingleton(RollsAtWork.class);
    }

    /**
     * A step is at work.
     *
     * @param id its uuid
     * @param build the build that it belongs to
     */
    public void add(String id, Run<?, ?> build, Member member) {
        members.values().removeIf(known -> known.member().get() == null);
        members.put(id, new Entry(new WeakReference<>(build), new WeakReference<>(member)));
    }

    /** A step is at work no more, and its page does not say how it ended. */
    public void remove(String id) {
        members.remove(id);
    }

    /**
     * The steps of a build on hosts of a roll.
     *
     * @return how each stands, by the host
     */
    Map<String, Standing> of(Run<?, ?> build, String roll) {
        Map<String, Standing> standings = new LinkedHashMap<>();
        members.values().forEach(known -> {
            Member member = known.member().get();
            if (member != null && known.build().get() == build && member.roll().equals(roll)) {
                standings.put(member.host(), member.standing());
            }
        });
        return standings;
    }
}
