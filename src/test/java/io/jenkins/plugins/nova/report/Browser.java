package io.jenkins.plugins.nova.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** A Chromium without a window, whose timers hurry, spoken to in its DevTools protocol; keeps what a page complained of. */
public final class Browser implements AutoCloseable {

    public static final Path CHROMIUM = Path.of(System.getProperty("chromium", "/usr/bin/chromium"));

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** So many times as fast do a page's timers go. */
    private static final int HURRY = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String BROKEN_WORDS = """
            (() => {
              const broken = [];
              const texts = document.createTreeWalker(document.querySelector('%s'), NodeFilter.SHOW_TEXT);
              const range = document.createRange();
              while (texts.nextNode()) {
                const text = texts.currentNode;
                if (!text.parentElement.checkVisibility() || text.parentElement.closest('.nova-unseen')) continue;
                for (const word of text.data.matchAll(/[^\\s-]+/g)) {
                  range.setStart(text, word.index);
                  range.setEnd(text, word.index + word[0].length);
                  const tops = new Set([...range.getClientRects()].filter(r => r.width > 0).map(r => Math.round(r.top)));
                  if (tops.size > 1) broken.push(word[0]);
                }
              }
              return broken.join();
            })()""";

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile boolean loaded;

    /**
     * @param profile an empty directory
     */
    public Browser(Path profile) throws Exception {
        process = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output.txt").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        Awaitility.await("Chromium's DevTools")
                .atMost(PATIENCE)
                .until(() -> Files.exists(port) && Files.readAllLines(port).size() > 1);
        HttpClient http = HttpClient.newHttpClient();
        String address = "127.0.0.1:" + Files.readAllLines(port).get(0);
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + address + page(http, address)), new Listener())
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
        call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                {
                  const wait = window.setTimeout;
                  window.setTimeout = (what, pause) => wait(what, pause / %d);
                }
                """.formatted(HURRY)));
    }

    private static String page(HttpClient http, String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/json/list"))
                .build();
        JsonNode targets = JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        for (JsonNode target : targets) {
            if (target.path("type").asText().equals("page")) {
                return URI.create(target.path("webSocketDebuggerUrl").asText()).getPath();
            }
        }
        throw new IOException("Chromium has no page: " + targets);
    }

    public void open(URI address) {
        complaints.clear();
        loaded = false;
        call("Page.navigate", Map.of("url", address.toString()));
        Awaitility.await("the page").atMost(PATIENCE).until(() -> loaded);
    }

    /** What an expression is in the page, as text, number or boolean. */
    public JsonNode ask(String expression) {
        JsonNode answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    public String text(String expression) {
        return ask(expression).asText();
    }

    /** Waits until an expression is true in the page. */
    public void await(String expression) {
        Awaitility.await(expression)
                .atMost(PATIENCE)
                .until(() -> ask(expression).asBoolean());
    }

    public void type(String text) {
        call("Input.insertText", Map.of("text", text));
    }

    /** A key, pressed and released, such as Tab or Enter. */
    public void press(String key, int code) {
        Map<String, Object> press = Map.of(
                "type",
                "keyDown",
                "key",
                key,
                "code",
                key,
                "windowsVirtualKeyCode",
                code,
                "text",
                key.equals("Enter") ? "\r" : "");
        call("Input.dispatchKeyEvent", press);
        call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "code", key, "windowsVirtualKeyCode", code));
    }

    public void prefers(String colours) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    public void size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** The whole page as it is seen, as a PNG. */
    public byte[] picture() {
        JsonNode size = call("Page.getLayoutMetrics", Map.of()).path("cssContentSize");
        Map<String, Object> clip =
                Map.of("x", 0, "y", 0, "width", size.path("width"), "height", size.path("height"), "scale", 1);
        JsonNode answer =
                call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
        return Base64.getDecoder().decode(answer.path("data").asText());
    }

    /**
     * What axe-core finds serious or critical on the page as it is shown now: its rule, how many elements, and the first of them.
     * Under whatever Content Security Policy the page has: the protocol's evaluations are not bound by it.
     */
    public List<String> barriers() {
        if (!ask("'axe' in window").asBoolean()) {
            ask("(() => {" + axe() + "; return 0; })()");
        }
        List<String> found = new ArrayList<>();
        JsonNode violations = ask("axe.run(document, {resultTypes: ['violations']}).then(all => all.violations"
                + ".filter(one => one.impact === 'serious' || one.impact === 'critical')"
                + ".map(one => one.id + ': ' + one.nodes.length + ' elements such as ' + one.nodes[0].html))");
        violations.forEach(violation -> found.add(violation.asText()));
        return found;
    }

    /** Words of which one part stands in one line and the rest in the next, in an element; empty where none is. */
    public String brokenWords(String element) {
        return text(BROKEN_WORDS.formatted(element));
    }

    /** The whole of it is one expression that leaves {@code axe} on the window. */
    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Errors, warnings and violations of the Content Security Policy since the page was opened. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    private JsonNode call(String method, Map<String, Object> parameters) {
        int number = numbers.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        ObjectNode message = JSON.createObjectNode().put("id", number).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        socket.sendText(message.toString(), true).join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void received(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer =
                    waiting.remove(message.path("id").asInt());
            if (message.has("error")) {
                answer.completeExceptionally(
                        new IOException(message.path("error").toString()));
            } else {
                answer.complete(message.path("result"));
            }
            return;
        }
        JsonNode told = message.path("params");
        switch (message.path("method").asText()) {
            case "Page.loadEventFired" -> loaded = true;
            case "Runtime.exceptionThrown" ->
                complaints.add(told.path("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> complaints.add(told.toString());
            case "Page.javascriptDialogOpening" ->
                complaints.add("dialog: " + told.path("message").asText());
            case "Log.entryAdded" ->
                complaints.add(told.path("entry").path("text").asText());
            default -> {}
        }
    }

    @Override
    public void close() throws InterruptedException {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                try {
                    received(JSON.readTree(parts.toString()));
                } catch (IOException e) {
                    complaints.add(e.toString());
                }
                parts.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
