package io.jenkins.plugins.nova.report;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Assume;

/** The browser of the tests, for pages of other packages. */
public final class AnyBrowser implements AutoCloseable {

    private final Browser browser;

    /**
     * Begins one; the test is skipped where there is none.
     *
     * @param profile an empty directory
     */
    public AnyBrowser(Path profile) throws Exception {
        if (!Files.isExecutable(Browser.CHROMIUM)) {
            System.out.println(
                    "Skipped: there is no " + Browser.CHROMIUM + " (apt-get install chromium, or -Dchromium=<path>)");
            Assume.assumeTrue(false);
        }
        browser = new Browser(profile);
    }

    /** Opens a page and waits until it is loaded. */
    public void open(URI address) {
        browser.open(address);
    }

    /** What an expression is in the page. */
    public String text(String expression) {
        return browser.text(expression);
    }

    /** Waits until an expression is true in the page. */
    public void await(String expression) {
        browser.await(expression);
    }

    /** Types where the focus is. */
    public void type(String words) {
        browser.type(words);
    }

    /** Light or dark. */
    public void prefers(String colours) {
        browser.prefers(colours);
    }

    /** The window's size. */
    public void size(int width, int height) {
        browser.size(width, height);
    }

    /** A picture of the whole page, a PNG. */
    public byte[] picture() {
        return browser.picture();
    }

    /** Words of which one part stands in one line and the rest in the next, in an element; empty where none is. */
    public String brokenWords(String element) {
        return browser.brokenWords(element);
    }

    /** What axe-core finds serious or critical on the page as it is shown now. */
    public List<String> barriers() {
        return browser.barriers();
    }

    /** Errors, warnings and violations of the Content Security Policy since the page was opened. */
    public List<String> complaints() {
        return browser.complaints();
    }

    @Override
    public void close() throws Exception {
        browser.close();
    }
}
