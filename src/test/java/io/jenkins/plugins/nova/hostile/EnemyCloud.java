package io.jenkins.plugins.nova.hostile;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A Keystone that means harm, over real HTTP. */
public final class EnemyCloud implements AutoCloseable {

    /** What it does to whoever asks. */
    public enum Way {
        /** Takes the request and says nothing. */
        HUNG {
            @Override
            void answer(HttpExchange exchange, ScheduledExecutorService threads) {
                // never
            }
        },
        /** A byte each half second, of an answer that is announced as long. */
        SLOW {
            @Override
            void answer(HttpExchange exchange, ScheduledExecutorService threads) throws IOException {
                exchange.sendResponseHeaders(201, 1_000_000);
                OutputStream body = exchange.getResponseBody();
                threads.scheduleAtFixedRate(() -> drip(body), 0, 500, TimeUnit.MILLISECONDS);
            }
        },
        /** An error of 60 MB. */
        FAT {
            @Override
            void answer(HttpExchange exchange, ScheduledExecutorService threads) throws IOException {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(500, 0);
                byte[] chunk = "{},".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
                try (OutputStream body = exchange.getResponseBody()) {
                    body.write('[');
                    for (int i = 0; i < 2_000; i++) {
                        body.write(chunk);
                    }
                }
            }
        },
        /** Brackets in brackets. */
        DEEP {
            @Override
            void answer(HttpExchange exchange, ScheduledExecutorService threads) throws IOException {
                byte[] deep = ("{\"token\": " + "[".repeat(400_000)).getBytes(StandardCharsets.US_ASCII);
                exchange.sendResponseHeaders(201, deep.length);
                exchange.getResponseBody().write(deep);
                exchange.close();
            }
        };

        abstract void answer(HttpExchange exchange, ScheduledExecutorService threads) throws IOException;

        private static void drip(OutputStream body) {
            try {
                body.write('{');
                body.flush();
            } catch (IOException e) {
                throw new IllegalStateException("the client has gone: no more drops", e);
            }
        }
    }

    private final AtomicInteger asked = new AtomicInteger();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4, task -> {
        Thread thread = new Thread(task, "enemy");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpServer http;

    /** Answers from now on. */
    public EnemyCloud(Way way) throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        http.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            asked.incrementAndGet();
            way.answer(exchange, threads);
        });
        http.setExecutor(threads);
        http.start();
    }

    /** Its Keystone. */
    public URI identityUrl() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/v3");
    }

    /** How many requests came. */
    public int asked() {
        return asked.get();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
