package io.jenkins.plugins.nova.rehearsal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which cloud a rehearsal runs on, and how fast.
 *
 * @param real whether it is the one that OS_* variables name
 * @param rack whether it is the simulated rack that there is for rolls
 * @param file the file of a simulated one; empty for the rack and for the one of the examples
 * @param speed how many times as fast as the real time its time passes, infinite for at once; empty for the usual: the cloud of the
 *     examples in real time, the rack and one of a file at once
 */
record CloudChoice(boolean real, boolean rack, Optional<Path> file, Optional<Double> speed) {

    /** What -Dcloud says for the rack; a file of that name is {@code ./rack}. */
    private static final String RACK = "rack";

    private static final double FASTEST = 1e6;

    /**
     * Reads the options.
     *
     * @param cloud -Dcloud; may be empty
     * @param speed -Dspeed; may be empty
     */
    static CloudChoice read(String cloud, String speed) {
        boolean real = cloud.equals("env");
        boolean rack = cloud.equals(RACK);
        Optional<Path> file = real || rack || cloud.isEmpty() ? Optional.empty() : Optional.of(file(cloud));
        if (real && !speed.isEmpty()) {
            throw new IllegalArgumentException("-Dspeed: the time of a real cloud passes as it does; leave it out");
        }
        return new CloudChoice(real, rack, file, speed.isEmpty() ? Optional.empty() : Optional.of(times(speed)));
    }

    private static Path file(String name) {
        Path file = Path.of(name);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "-Dcloud must be env (the cloud of the OS_* variables), rack (a simulated one of 12 hosts) or the"
                            + " file of a cloud such as lab.json, and there is no file '" + name
                            + "'; leave it out for the simulated one of three hosts");
        }
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(
                    "-Dcloud: " + name + " is a directory, where the file of a cloud belongs");
        }
        return file;
    }

    private static double times(String speed) {
        if (speed.equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        double times = speed.matches("[0-9]{1,7}(\\.[0-9]{1,3})?") ? Double.parseDouble(speed) : 0;
        if (times <= 0 || times > FASTEST) {
            throw new IllegalArgumentException(
                    "-Dspeed must be max or how many times as fast as real time, such as 60, not '" + speed + "'");
        }
        return times;
    }

    /** The text of the file. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException binary) {
            throw new IllegalArgumentException("-Dcloud: " + file + " is not text in UTF-8", binary);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "-Dcloud: " + file + " cannot be read ("
                            + unreadable.getClass().getSimpleName() + ")",
                    unreadable);
        }
    }
}
