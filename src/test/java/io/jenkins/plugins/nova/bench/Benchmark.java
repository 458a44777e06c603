package io.jenkins.plugins.nova.bench;

import java.util.List;

/** Measures something. It asserts nothing: how long a thing takes depends on the machine. */
interface Benchmark {

    /**
     * Runs once.
     *
     * @return the figures, in the order in which they are printed
     * @throws Exception when it could not be measured
     */
    List<Figure> run() throws Exception;
}
