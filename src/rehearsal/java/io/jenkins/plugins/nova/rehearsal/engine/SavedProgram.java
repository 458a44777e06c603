package io.jenkins.plugins.nova.rehearsal.engine;

import hudson.FilePath;
import hudson.util.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.marshalling.Marshaller;
import org.jboss.marshalling.Marshalling;
import org.jboss.marshalling.MarshallingConfiguration;
import org.jboss.marshalling.ObjectResolver;
import org.jboss.marshalling.SimpleClassResolver;
import org.jboss.marshalling.Unmarshaller;
import org.jboss.marshalling.river.RiverMarshallerFactory;

/**
 * The program of a build as bytes, made as a controller makes its program.dat: by JBoss Marshalling. What belongs to the
 * rehearsal itself is pointed at, where a controller has pickles. It stays in memory: a local variable may hold a secret.
 */
final class SavedProgram {
    private final byte[] bytes;
    private final List<Object> kept;

    private SavedProgram(byte[] bytes, List<Object> kept) {
        this.bytes = bytes;
        this.kept = kept;
    }

    /** Where something stood that was not saved. */
    private static final class Pointer implements Serializable {
        private static final long serialVersionUID = 1L;

        private final int index;

        Pointer(int index) {
            this.index = index;
        }
    }

    /**
     * Saves.
     *
     * @param program all of it in one, so that what is shared stays so
     * @throws IOException if something of it cannot be saved; names its class
     */
    static SavedProgram of(Object program) throws IOException {
        Map<Object, Pointer> pointers = new IdentityHashMap<>();
        List<Object> kept = new ArrayList<>();
        MarshallingConfiguration configuration = new MarshallingConfiguration();
        configuration.setObjectResolver(new Resolver(
                object -> {
                    if (!isKept(object)) {
                        return object;
                    }
                    return pointers.computeIfAbsent(object, each -> {
                        kept.add(each);
                        return new Pointer(kept.size() - 1);
                    });
                },
                object -> object));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Marshaller marshaller = new RiverMarshallerFactory().createMarshaller(configuration);
        marshaller.start(Marshalling.createByteOutput(bytes));
        marshaller.writeObject(program);
        marshaller.finish();
        return new SavedProgram(bytes.toByteArray(), kept);
    }

    /** Ours; what a controller pickles (a file's path, a secret); and exceptions, of which it makes copies that can be saved. */
    private static boolean isKept(Object object) {
        return object instanceof Kept
                || object instanceof FilePath
                || object instanceof Secret
                || object instanceof Throwable;
    }

    /**
     * Reads it back.
     *
     * @param loader has the program's classes
     * @param scripts told of each script in it
     */
    Object read(ClassLoader loader, Consumer<PipelineScript> scripts) throws IOException, ClassNotFoundException {
        MarshallingConfiguration configuration = new MarshallingConfiguration();
        configuration.setClassResolver(new SimpleClassResolver(loader));
        configuration.setObjectResolver(new Resolver(object -> object, object -> {
            if (object instanceof PipelineScript script) {
                scripts.accept(script);
            }
            return object instanceof Pointer pointer ? kept.get(pointer.index) : object;
        }));
        Unmarshaller unmarshaller = new RiverMarshallerFactory().createUnmarshaller(configuration);
        unmarshaller.start(Marshalling.createByteInput(new ByteArrayInputStream(bytes)));
        Object program = unmarshaller.readObject();
        unmarshaller.finish();
        return program;
    }

    /** How many bytes it takes. */
    int size() {
        return bytes.length;
    }

    /** Puts one object in the place of another. */
    private interface Change {
        Object of(Object object);
    }

    private record Resolver(Change written, Change read) implements ObjectResolver {
        @Override
        public Object writeReplace(Object original) {
            return written.of(original);
        }

        @Override
        public Object readResolve(Object replacement) {
            return read.of(replacement);
        }
    }
}
