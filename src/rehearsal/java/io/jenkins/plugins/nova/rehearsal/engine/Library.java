package io.jenkins.plugins.nova.rehearsal.engine;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** The annotation by which a script asks for shared libraries; its name needs no import there. */
@Retention(RetentionPolicy.SOURCE)
public @interface Library {
    /** Names, each perhaps with a version behind an "@". */
    String[] value();

    /** Whether the changes of the library count as changes of the build; no matter in a rehearsal. */
    boolean changelog() default true;
}
