package io.jenkins.plugins.nova.step.controller;

import hudson.model.Computer;
import hudson.model.Descriptor;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.remoting.Callable;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import hudson.security.ACL;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import jenkins.model.Jenkins;
import org.junit.rules.ExternalResource;

/** A controller with agents. Whatever goes to an agent is serialised and deserialised on its way, and so is the answer. */
public final class SomeAgents extends ExternalResource {

    private final List<Node> nodes = new ArrayList<>();
    private Jenkins jenkins;

    /** An agent that is online, and that whoever asks may use, unless it is told otherwise. */
    public Agent add(String name) {
        Agent agent = new Agent(name);
        nodes.add(agent);
        return agent;
    }

    /** Takes an agent away, with its configuration. */
    public void remove(Agent agent) {
        nodes.remove(agent);
    }

    @Override
    protected void before() throws Throwable {
        jenkins = new Jenkins(new File("target/some-agents"), null) {
            @Override
            public List<Node> getNodes() {
                return nodes;
            }

            @Override
            public String getRootUrl() {
                return "https://jenkins.example/";
            }
        };
    }

    @Override
    protected void after() {
        jenkins.cleanUp();
    }

    /** An agent. */
    public final class Agent extends Node {
        private final String name;
        private boolean allowed = true;
        private String objection;
        private VirtualChannel channel = new SerializingChannel();

        Agent(String name) {
            this.name = name;
        }

        /** Nobody but Jenkins itself may use it. */
        public Agent denied() {
            allowed = false;
            return this;
        }

        /** A property of the node has this against every build. */
        public Agent objects(String why) {
            objection = why;
            return this;
        }

        /** From now on it is reached this way; null for not at all. */
        public Agent reachedBy(VirtualChannel way) {
            channel = way;
            return this;
        }

        @Override
        public String getNodeName() {
            return name;
        }

        @Override
        public CauseOfBlockage canTake(Queue.BuildableItem item) {
            boolean tied = item.getAssignedLabel() != null
                    && item.getAssignedLabel().getName().equals(name);
            String why = tied ? objection : "reserved for jobs with matching label expression";
            return why == null ? null : new Blocked(why);
        }

        @Override
        protected Computer createComputer() {
            return new Computer(this) {
                @Override
                public VirtualChannel getChannel() {
                    return channel;
                }

                @Override
                public ACL getACL() {
                    return Agent.this.getACL();
                }

                @Override
                public String getDisplayName() {
                    return name;
                }
            };
        }

        @Override
        public ACL getACL() {
            return ACL.lambda2((user, permission) -> allowed);
        }

        @Override
        public String getDisplayName() {
            return name;
        }

        @Override
        public Descriptor<Node> getDescriptor() {
            return null;
        }

        @Override
        public File getRootDir() {
            return new File(name);
        }

        @Override
        public void save() {
            // nothing is kept
        }
    }

    /** Something that keeps a build from a node. */
    public static final class Blocked extends CauseOfBlockage {
        private final String why;

        /** @param why in words */
        public Blocked(String why) {
            this.why = why;
        }

        @Override
        public String getShortDescription() {
            return why;
        }
    }

    /** A way to an agent that is this process, but for what is passed on it. */
    public static class SerializingChannel implements VirtualChannel {

        /** How often something was asked over it. */
        public int calls;

        @Override
        public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) throws IOException {
            calls++;
            Answer<V> answer = new Answer<>();
            try {
                answer.complete(passed(run(passed(callable))));
            } catch (IOException e) {
                throw e;
            } catch (Throwable thrown) {
                answer.completeExceptionally(thrown);
            }
            return answer;
        }

        /** What the agent does with it. */
        protected <V, T extends Throwable> V run(Callable<V, T> callable) throws T {
            return callable.call();
        }

        @SuppressWarnings("unchecked")
        private static <X> X passed(X object) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(object);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (X) in.readObject();
            } catch (ClassNotFoundException e) {
                throw new IOException(e);
            }
        }
    }

    /** What remoting returns. */
    public static final class Answer<V> extends CompletableFuture<V> implements Future<V> {}
}
