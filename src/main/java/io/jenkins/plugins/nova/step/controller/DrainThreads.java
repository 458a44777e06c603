package io.jenkins.plugins.nova.step.controller;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.nova.drain.guest.GuestOrder;
import io.jenkins.plugins.nova.drain.guest.GuestWatcher;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The threads that drains tick on, and the clock that they go by. A tick blocks its thread for the few requests that it makes, so
 * jenkins.util.Timer, which is for short work, is not the place; between ticks a drain holds none. Each cloud has threads of its
 * own: one whose requests hang keeps its own drains waiting and no other's.
 *
 * <p>An extension so that tests can put another in front and drive its time.
 */
@Extension(ordinal = -1)
public class DrainThreads {

    /** Threads at most for the drains of one cloud, however many there are. */
    static final int SIZE = 8;

    static final String NAME = "nova-maintenance";

    private static final int IDLE_SECONDS = 30;
    private static final int WATCHING = 8;
    private static final int NAMES = 2;

    /** Threads at most that wait for one agent, however many drains look at guests from it. */
    private static final int CALLING = 8;

    private final Map<String, ScheduledThreadPoolExecutor> pools = new ConcurrentHashMap<>();

    /** Each agent has threads of its own, as each cloud has: one that hangs keeps nobody else waiting. */
    private final Map<String, ScheduledThreadPoolExecutor> calls = new ConcurrentHashMap<>();

    private final ScheduledExecutorService watching = pool("nova-abort", WATCHING);

    /** Looks names up, and no more. */
    private final ScheduledExecutorService names = pool("nova-guest-names", NAMES);

    /**
     * What the drains of a cloud tick on.
     *
     * @param cloud its name in the configuration
     */
    public static ScheduledExecutorService of(String cloud) {
        return ExtensionList.lookupFirst(DrainThreads.class).executor(cloud);
    }

    /** What sees to it that an abort is answered, and ends steps: for work that waits for no cloud. */
    public static ScheduledExecutorService watch() {
        return ExtensionList.lookupFirst(DrainThreads.class).watching();
    }

    /** What time it is for them. */
    public static Clock clock() {
        return ExtensionList.lookupFirst(DrainThreads.class).time();
    }

    /**
     * Who looks at the guests of a drain, which has one of its own.
     *
     * @param order which, and from where
     * @param say takes what an operator has to know, line by line
     */
    public static GuestWatcher guests(GuestOrder order, Consumer<String> say) {
        DrainThreads first = ExtensionList.lookupFirst(DrainThreads.class);
        GuestConnects connects = order.from() == null ? first.connects() : first.connects(order.from(), say);
        return new GuestLooks(connects, first.watching(), first.time(), say);
    }

    /** Whether there are agents to look at guests from: there are none where no Jenkins is. */
    static boolean hasAgents() {
        return ExtensionList.lookupFirst(DrainThreads.class).agents();
    }

    /** @see #of */
    protected ScheduledExecutorService executor(String cloud) {
        return pools.computeIfAbsent(cloud, name -> pool(NAME + "-" + name, SIZE));
    }

    /** @see #watch */
    protected ScheduledExecutorService watching() {
        return watching;
    }

    /** @see #clock */
    protected Clock time() {
        return Clock.systemUTC();
    }

    /** @see #guests */
    protected GuestConnects connects() {
        return new TcpConnects(names, watching());
    }

    /**
     * The same from an agent.
     *
     * @param agent its name
     * @param say takes what an operator has to know, line by line
     */
    protected GuestConnects connects(String agent, Consumer<String> say) {
        return new AgentConnects(agent, () -> WatchingAgent.channel(agent), calls(agent));
    }

    /** @see #hasAgents */
    protected boolean agents() {
        return true;
    }

    /**
     * What waits for an agent.
     *
     * @param agent its name
     */
    protected Executor calls(String agent) {
        return calls.computeIfAbsent(agent, name -> pool("nova-guests-" + name, CALLING));
    }

    /** Its threads end when there is nothing to do: that a cloud was removed need not be heard here. */
    private static ScheduledThreadPoolExecutor pool(String name, int size) {
        ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(
                size, new NamingThreadFactory(new ClassLoaderSanityThreadFactory(new DaemonThreadFactory()), name));
        pool.setRemoveOnCancelPolicy(true);
        pool.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
