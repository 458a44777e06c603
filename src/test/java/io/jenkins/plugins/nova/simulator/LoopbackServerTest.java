package io.jenkins.plugins.nova.simulator;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.After;
import org.junit.Test;

/** The cloud's server, spoken to in bytes: what clients other than the plugin's send, too. */
public class LoopbackServerTest {

    private static final int LARGE = 1 << 20;

    private final List<LoopbackServer.Exchange> seen = new CopyOnWriteArrayList<>();
    private final LoopbackServer server = new LoopbackServer(0, this::answer);

    @After
    public void close() {
        server.close();
    }

    private void answer(LoopbackServer.Exchange exchange) throws IOException {
        seen.add(exchange);
        byte[] body = (exchange.method() + " " + exchange.path() + " " + exchange.query() + " "
                        + new String(exchange.body(), StandardCharsets.UTF_8))
                .getBytes(StandardCharsets.UTF_8);
        switch (exchange.path()) {
            case "/drop" -> exchange.drop();
            case "/cut" -> exchange.answer(200, Map.of(), body, body.length + 1);
            case "/nothing" -> exchange.answer(204, Map.of(), new byte[0], 0);
            case "/large" -> exchange.answer(200, Map.of(), new byte[LARGE], LARGE);
            default -> exchange.answer(200, Map.of("X-Kind", "echo"), body, body.length);
        }
    }

    /** All that comes back on one connection until the server or its answers end it; the client has said all it will. */
    private String said(String sent) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(sent.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String headers(int many) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < many; i++) {
            all.append("H").append(i).append(": x\n");
        }
        return all.toString();
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    @Test
    public void whatIsSentIsRead() throws IOException {
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("GET /a/b%20c?x=1&y=%2F HTTP/1.1\nHost: h\n\n", "GET /a/b%20c x=1&y=%2F ");
        requests.put("GET http://h:80/a?b HTTP/1.1\n\n", "GET /a b ");
        requests.put("OPTIONS * HTTP/1.1\n\n", "OPTIONS / null ");
        requests.put("\nGET /a HTTP/1.1\n\n", "GET /a null ");
        requests.put("POST /a HTTP/1.1\nContent-Length: 5\n\nhello", "POST /a null hello");
        requests.put("POST /a HTTP/1.1\ncontent-LENGTH:5\n\nhello", "POST /a null hello");
        requests.put("POST /a HTTP/1.1\nTransfer-Encoding: chunked\n\n3\nhel\n2;x=y\nlo\n0\n\n", "POST /a null hello");
        requests.put(
                "POST /a HTTP/1.1\nTransfer-Encoding: chunked\n\nA\n0123456789\n0\nTrailer: t\n\n",
                "POST /a null 0123456789");
        for (Map.Entry<String, String> request : requests.entrySet()) {
            String answer = said(request.getKey());
            assertTrue(answer, answer.startsWith("HTTP/1.1 200 "));
            assertEquals(request.getValue(), body(answer));
        }
    }

    @Test
    public void theHeadTellsDateLengthAndWhatTheCloudSays() throws IOException {
        List<String> head = said("GET /a HTTP/1.1\n\n").lines().toList();
        assertTrue(head.toString(), head.contains("X-Kind: echo"));
        assertTrue(head.toString(), head.contains("Content-Length: 12"));
        String date = head.stream()
                .filter(line -> line.startsWith("Date: "))
                .findFirst()
                .orElseThrow();
        assertTrue(date, date.matches("Date: [A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"));
        ZonedDateTime.parse(date.substring("Date: ".length()), DateTimeFormatter.RFC_1123_DATE_TIME);
    }

    @Test
    public void aConnectionIsUsedAgainUnlessOneOfBothWantsItsEnd() throws IOException {
        String next = "GET /next HTTP/1.1\n\n";
        assertTrue(said("GET /a HTTP/1.1\n\n" + next).contains("/next"));
        assertTrue(said("HEAD /a HTTP/1.1\n\n" + next).contains("/next"));
        assertTrue(said("GET /nothing HTTP/1.1\n\n" + next).contains("/next"));
        assertTrue(said("POST /a HTTP/1.1\nTransfer-Encoding: chunked\n\n1\nx\n0\n\n" + next)
                .contains("/next"));
        assertFalse(said("GET /a HTTP/1.1\nConnection: close\n\n" + next).contains("/next"));
        assertFalse(said("GET /a HTTP/1.0\n\n" + next).contains("/next"));
        assertTrue(said("GET /a HTTP/1.0\nConnection: keep-alive\n\n" + next).contains("/next"));
        assertFalse(said("GET /drop HTTP/1.1\n\n" + next).contains("/next"));
        assertFalse(said("GET /cut HTTP/1.1\n\n" + next).contains("/next"));
    }

    @Test
    public void whatHasNoBodySendsNone() throws IOException {
        String head = said("HEAD /a HTTP/1.1\n\n");
        assertTrue(head, head.contains("Content-Length: 13"));
        assertEquals("", body(head));
        String nothing = said("GET /nothing HTTP/1.1\n\n");
        assertTrue(nothing, nothing.startsWith("HTTP/1.1 204 "));
        assertFalse(nothing, nothing.contains("Content-Length"));
        assertEquals("", said("GET /drop HTTP/1.1\n\n"));
        assertEquals(LARGE, body(said("GET /large HTTP/1.1\n\n")).length());
    }

    @Test
    public void whoAsksFirstIsToldToGoOn() throws IOException {
        String answer = said("POST /a HTTP/1.1\nExpect: 100-continue\nContent-Length: 2\n\nhi");
        assertTrue(answer, answer.startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 "));
        assertTrue(answer, answer.endsWith("POST /a null hi"));
    }

    @Test
    public void whatIsNoRequestIsRefusedAndReachesNobody() throws IOException {
        for (String bad : List.of(
                "GET\n\n",
                "GET /a SPDY/3\n\n",
                "GET /a b HTTP/1.1\n\n",
                "GET /%zz HTTP/1.1\n\n",
                "GET /a HTTP/1.1\nno header\n\n",
                "GET /a HTTP/1.1\n" + headers(300) + "\n",
                "GET /a HTTP/1.1\n" + "x".repeat(70_000) + ": b\n\n",
                "POST /a HTTP/1.1\nContent-Length: many\n\n",
                "POST /a HTTP/1.1\nContent-Length: -1\n\n",
                "POST /a HTTP/1.1\nContent-Length: 999999999\n\n",
                "POST /a HTTP/1.1\nTransfer-Encoding: chunked\n\nxyz\n")) {
            String answer = said(bad);
            assertTrue(bad + ": " + answer, answer.startsWith("HTTP/1.1 400 "));
        }
        assertEquals("", said("POST /a HTTP/1.1\nContent-Length: 5\n\nhel"));
        assertEquals("a greeting of TLS", "", said("\u0016\u0003\u0001\u0002"));
        assertEquals("", said(""));
        assertEquals(List.of(), seen);
    }

    /** From the moment on at which it is closed: what is refused was not sent, what is cut off may have been. */
    @Test
    public void closedItRefusesAtOnce() throws IOException {
        for (int i = 0; i < 200; i++) {
            LoopbackServer one = new LoopbackServer(0, this::answer);
            new Socket(InetAddress.getLoopbackAddress(), one.port()).close();
            one.close();
            assertThrows(
                    ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), one.port()).close());
        }
    }

    @Test
    public void closedItRefusesAndEndsWhatWasOpen() throws IOException {
        try (Socket open = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            open.setSoTimeout(20_000);
            open.getOutputStream().write("GET /a HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertEquals('H', open.getInputStream().read());
            int port = server.port();
            server.close();
            String rest = new String(open.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(rest, rest.endsWith("GET /a null "));
            assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
            try (LoopbackServer again = new LoopbackServer(port, this::answer)) {
                assertEquals(port, again.port());
            }
        }
    }
}
