package hudson.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

public abstract class LineTransformationOutputStream extends OutputStream {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    public LineTransformationOutputStream() {}

    protected abstract void eol(byte[] a0, int a1) throws IOException;

    public void write(int a0) throws IOException {
        line.write(a0);
        if (a0 == '\n') {
            forceEol();
        }
    }

    public void write(byte[] a0, int a1, int a2) throws IOException {
        for (int i = a1; i < a1 + a2; i++) {
            write(a0[i]);
        }
    }

    public void close() throws IOException {
        forceEol();
    }

    public void forceEol() throws IOException {
        if (line.size() > 0) {
            byte[] bytes = line.toByteArray();
            line.reset();
            eol(bytes, bytes.length);
        }
    }

    public abstract static class Delegating extends LineTransformationOutputStream {
        protected final OutputStream out;

        protected Delegating(OutputStream a0) {
            out = a0;
        }

        public void flush() throws IOException {
            out.flush();
        }

        public void close() throws IOException {
            super.close();
            out.close();
        }
    }
}
