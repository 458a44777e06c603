package hudson.model;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

public interface TaskListener extends SerializableOnlyOverRemoting {
    TaskListener NULL = () -> new PrintStream(OutputStream.nullOutputStream());

    PrintStream getLogger();

    default Charset getCharset() {
        return StandardCharsets.UTF_8;
    }

    default PrintWriter error(String a0) {
        getLogger().println("ERROR: " + a0);
        return new PrintWriter(getLogger(), true);
    }

    default PrintWriter error(String a0, Object... a1) {
        return error(String.format(a0, a1));
    }

    default PrintWriter fatalError(String a0) {
        return error(a0);
    }
}
