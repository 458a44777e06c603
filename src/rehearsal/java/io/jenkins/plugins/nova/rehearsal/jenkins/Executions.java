package io.jenkins.plugins.nova.rehearsal.jenkins;

import com.cloudbees.groovy.cps.Outcome;
import hudson.util.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns executions in flight into bytes and back, as the program's file of a build does. A step context goes as its
 * number and comes back as the live one of that number, a {@link Secret} goes encrypted (workflow-support's SecretPickle);
 * everything else must be {@link Serializable}, and no record, which Jenkins's marshalling cannot read back.
 */
public final class Executions {
    private final Map<Integer, RehearsalStepContext> contexts = new LinkedHashMap<>();
    private final Map<Integer, RehearsalBodyExecution> bodies = new LinkedHashMap<>();

    private record Ticket(int id) implements Serializable {}

    private record Sealed(String encrypted) implements Serializable {}

    synchronized void add(RehearsalStepContext context) {
        contexts.put(context.id(), context);
    }

    synchronized void remove(RehearsalStepContext context) {
        contexts.remove(context.id(), context);
    }

    synchronized void add(RehearsalBodyExecution body) {
        bodies.put(body.step(), body);
    }

    /** The block of a step that is under way; null for none. */
    synchronized RehearsalBodyExecution body(int step) {
        return bodies.get(step);
    }

    /** The block that a step has under way was never saved: what goes on of it is nobody's any more. */
    synchronized void forgetBody(int step) {
        bodies.remove(step);
    }

    /** A step's block has ended. */
    void end(int step, Outcome outcome) {
        RehearsalBodyExecution body;
        synchronized (this) {
            body = bodies.remove(step);
        }
        if (body != null) {
            body.ended(outcome);
        }
    }

    private synchronized RehearsalBodyExecution takenOver(RehearsalBodyExecution read) {
        RehearsalBodyExecution dead = bodies.get(read.step());
        if (dead != null) {
            read.takesOver(dead);
            bodies.put(read.step(), read);
        }
        return read;
    }

    synchronized Collection<RehearsalStepContext> contexts() {
        return contexts.values().stream().toList();
    }

    private synchronized RehearsalStepContext find(int id) throws IOException {
        RehearsalStepContext context = contexts.get(id);
        if (context == null) {
            throw new IOException("no step with the context number " + id + " is in flight");
        }
        return context;
    }

    /**
     * Writes an execution, or something that a block step gives to its block.
     *
     * @throws IOException if a field of it cannot be saved on a controller; names the class
     */
    public byte[] write(Object execution) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new Writer(bytes)) {
            out.writeObject(execution);
        }
        return bytes.toByteArray();
    }

    /** Reads it back. */
    public Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new Reader(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    private static final class Writer extends ObjectOutputStream {
        Writer(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) throws IOException {
            if (object instanceof RehearsalStepContext context) {
                return new Ticket(context.id());
            }
            if (object instanceof BodyContext context) {
                return new Ticket(context.step().id());
            }
            if (object instanceof Secret secret) {
                return new Sealed(secret.getEncryptedValue());
            }
            if (object != null
                    && object.getClass().isRecord()
                    && !(object instanceof Ticket || object instanceof Sealed)) {
                throw new NotSerializableException(
                        object.getClass().getName() + ", a record, which Jenkins cannot restore");
            }
            return object;
        }
    }

    private final class Reader extends ObjectInputStream {
        Reader(InputStream in) throws IOException {
            super(in);
            enableResolveObject(true);
        }

        @Override
        protected Object resolveObject(Object object) throws IOException {
            if (object instanceof Sealed sealed) {
                return Secret.decrypt(sealed.encrypted());
            }
            if (object instanceof RehearsalBodyExecution body) {
                return takenOver(body);
            }
            return object instanceof Ticket ticket ? find(ticket.id()) : object;
        }
    }
}
