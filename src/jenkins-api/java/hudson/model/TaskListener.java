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
}
