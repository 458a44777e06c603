package io.jenkins.plugins.nova.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * As much of HTTP/1.1 (RFC 9112) as a cloud needs, on a loopback port: a thread for each connection, which reads a request, has it
 * answered and writes the answer in one piece. The JDK's own server hands each request from thread to thread and writes head and
 * body apart, which costs it and its client several times of what the cloud itself does.
 */
final class LoopbackServer implements AutoCloseable {

    /** What to do with a request. */
    interface Handler {
        /** Answers, drops or keeps the exchange, to be answered later by another thread. */
        void handle(Exchange exchange) throws IOException;
    }

    private static final Logger LOG = Logger.getLogger(LoopbackServer.class.getName());
    private static final int BACKLOG = 50;
    private static final int LONGEST_LINE = 1 << 16;
    private static final int MOST_HEADERS = 200;
    private static final int LARGEST_BODY = 64 << 20;

    /** RFC 9110, 5.6.7. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    /** A body up to this size is copied behind its head, so that both are one packet. */
    private static final int SMALL = 1 << 16;

    private final Handler handler;
    private final ServerSocket listening;
    private final Thread accepting;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param port 0 for one that is free */
    LoopbackServer(int port, Handler handler) {
        this.handler = handler;
        try {
            listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback port " + port, e);
        }
        accepting = thread(this::accept);
        accepting.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    private static Thread thread(Runnable what) {
        Thread thread = new Thread(what, "simulated-cloud");
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (!closed) {
            try {
                Connection connection = new Connection(listening.accept());
                connections.add(connection);
                thread(connection::serve).start();
                if (closed) {
                    connection.close();
                }
            } catch (IOException e) {
                if (!closed) {
                    LOG.log(Level.WARNING, "no connection was accepted", e);
                }
            }
        }
    }

    /** Connections are refused from now on, and those that there are end at once. */
    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            // as long as it is in accept, Linux goes on to take connections for it
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(Connection::close);
    }

    /** One client's. */
    private final class Connection {
        private final Socket socket;
        private final InputStream in;
        private volatile Exchange exchange;

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }

        void serve() {
            try {
                boolean more = true;
                while (more) {
                    exchange = next();
                    more = exchange != null && answered(exchange);
                }
            } catch (ProtocolException e) {
                refuse(e.getMessage());
            } catch (IOException e) {
                // the client has gone, or the cloud: there is nobody to tell
                LOG.log(Level.FINEST, "a connection ended", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close();
            }
        }

        /** Whether the connection can be used again. */
        private boolean answered(Exchange one) throws IOException, InterruptedException {
            handler.handle(one);
            one.over.await();
            return one.reusable && !closed;
        }

        /** The next request; null when the client has closed, or speaks something else, such as TLS, and is hung up on. */
        private Exchange next() throws IOException {
            in.mark(1);
            int first = in.read();
            if (first < ' ' && first != '\r' && first != '\n' || first > '~') {
                return null;
            }
            in.reset();
            String line = line();
            while (line != null && line.isEmpty()) {
                line = line();
            }
            if (line == null) {
                return null;
            }
            String[] parts = line.split(" ");
            if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
                throw new ProtocolException("no request line of HTTP/1.1");
            }
            URI target;
            try {
                target = new URI(parts[1]);
            } catch (URISyntaxException e) {
                throw new ProtocolException("no URI: " + e.getReason());
            }
            Map<String, String> headers = headers();
            if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
                write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            String kept = headers.getOrDefault("connection", parts[2].equals("HTTP/1.0") ? "close" : "keep-alive");
            return new Exchange(this, parts[0], target, headers, body(headers), !kept.equalsIgnoreCase("close"));
        }

        private Map<String, String> headers() throws IOException {
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line = line(); line == null || !line.isEmpty(); line = line()) {
                int colon = line == null ? -1 : line.indexOf(':');
                if (colon < 1 || headers.size() == MOST_HEADERS) {
                    throw new ProtocolException("no header");
                }
                headers.putIfAbsent(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            return headers;
        }

        private byte[] body(Map<String, String> headers) throws IOException {
            if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
                return chunks();
            }
            return exactly(size(headers.getOrDefault("content-length", "0"), 10));
        }

        private byte[] chunks() throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            int size;
            do {
                String line = line();
                size = size(line == null ? "" : line.replaceFirst(";.*", "").strip(), 16);
                body.writeBytes(exactly(size));
                // behind a chunk its line break; behind the last of them perhaps trailers, and the empty line
                String after = line();
                while (size == 0 && after != null && !after.isEmpty()) {
                    after = line();
                }
            } while (size > 0 && body.size() <= LARGEST_BODY);
            return body.toByteArray();
        }

        private int size(String text, int radix) throws ProtocolException {
            try {
                int size = Integer.parseInt(text, radix);
                if (size >= 0 && size <= LARGEST_BODY) {
                    return size;
                }
            } catch (NumberFormatException e) {
                throw new ProtocolException("no size of a body: " + text);
            }
            throw new ProtocolException("a body of " + text + " bytes");
        }

        private byte[] exactly(int size) throws IOException {
            byte[] bytes = in.readNBytes(size);
            if (bytes.length < size) {
                throw new EOFException("the request ends in its body");
            }
            return bytes;
        }

        /** A line without its end; null at the end of all. */
        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int one = in.read(); one != '\n'; one = in.read()) {
                if (one < 0) {
                    return null;
                }
                if (line.length() == LONGEST_LINE) {
                    throw new ProtocolException("a line that is too long");
                }
                line.append((char) one);
            }
            int last = line.length() - 1;
            return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
        }

        private void refuse(String why) {
            try {
                write(("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                LOG.log(Level.FINEST, "nobody heard: " + why, e);
            }
        }

        void write(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        void close() {
            connections.remove(this);
            try {
                socket.close();
            } catch (IOException e) {
                LOG.log(Level.FINEST, "a connection was not closed", e);
            }
            Exchange last = exchange;
            if (last != null) {
                last.over.countDown();
            }
        }
    }

    /** A request, and how it is answered. */
    static final class Exchange {
        private final Connection connection;
        private final String method;
        private final URI target;
        private final Map<String, String> headers;
        private final byte[] body;
        private final CountDownLatch over = new CountDownLatch(1);
        private final boolean kept;
        private volatile boolean reusable;

        private Exchange(
                Connection connection,
                String method,
                URI target,
                Map<String, String> headers,
                byte[] body,
                boolean kept) {
            this.connection = connection;
            this.method = method;
            this.target = target;
            this.headers = headers;
            this.body = body;
            this.kept = kept;
        }

        String method() {
            return method;
        }

        /** As it was sent, escapes and all; at least a slash. */
        String path() {
            String path = target.getRawPath();
            return path == null || !path.startsWith("/") ? "/" : path;
        }

        /** As it was sent; null for none. */
        String query() {
            return target.getRawQuery();
        }

        /** By lower-case name, the first value of each. */
        Map<String, String> headers() {
            return headers;
        }

        byte[] body() {
            return body;
        }

        /**
         * Answers.
         *
         * @param bytes of the body
         * @param announced what Content-Length says; where it is more than there are, the connection ends behind them
         */
        void answer(int status, Map<String, String> more, byte[] bytes, int announced) throws IOException {
            boolean lengthless = status < 200 || status == 204 || status == 304;
            boolean bodiless = lengthless || method.equals("HEAD");
            StringBuilder head = new StringBuilder(256);
            head.append("HTTP/1.1 ").append(status).append(" \r\nDate: ");
            head.append(DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
            more.forEach((name, value) ->
                    head.append("\r\n").append(name).append(": ").append(value));
            if (!lengthless) {
                head.append("\r\nContent-Length: ").append(announced);
            }
            if (!kept) {
                head.append("\r\nConnection: close");
            }
            byte[] first = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
            byte[] rest = bodiless ? new byte[0] : bytes;
            try {
                if (rest.length <= SMALL) {
                    byte[] both = new byte[first.length + rest.length];
                    System.arraycopy(first, 0, both, 0, first.length);
                    System.arraycopy(rest, 0, both, first.length, rest.length);
                    connection.write(both);
                } else {
                    connection.write(first);
                    connection.write(rest);
                }
                reusable = kept && (bodiless || announced == rest.length);
            } finally {
                over.countDown();
            }
        }

        /** The connection ends with no answer. */
        void drop() {
            connection.close();
        }
    }
}
