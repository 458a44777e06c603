package net.sf.json;

/**
 * Stands in for JSONNull, which readJSON puts where a file has null: that class cannot be loaded without libraries that only
 * a controller has. What is known of it is its package and its text.
 */
public final class NullOfJson {

    @Override
    public String toString() {
        return "null";
    }
}
