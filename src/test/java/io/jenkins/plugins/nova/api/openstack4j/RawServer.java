package io.jenkins.plugins.nova.api.openstack4j;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that reads whole requests and then does to the connection what a test wants, byte by byte. */
public final class RawServer implements AutoCloseable {

    /** What to do when a request has been read. */
    public interface Behaviour {
        /** @return whether to wait for another request on this connection */
        boolean react(Socket connection, int requestOfServer) throws IOException;
    }

    /** First lines of the requests that came wholly, in order. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Behaviour behaviour;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    public RawServer(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        Thread acceptor = new Thread(this::accept, "raw-server");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Writes a text as it is. */
    public static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    /** Ends a connection with a reset instead of an orderly end. */
    public static boolean reset(Socket connection) throws IOException {
        connection.setSoLinger(true, 0);
        connection.close();
        return false;
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                open.add(connection);
                Thread worker = new Thread(() -> serve(connection), "raw-connection");
                worker.setDaemon(true);
                worker.start();
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new AssertionError(e);
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            while (readRequest(in)) {
                if (!behaviour.react(connection, requests.size())) {
                    return;
                }
            }
        } catch (SocketException e) {
            // the client, or this server's end, closed it
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        int length = 0;
        for (String line : head.toString().split("\r\n")) {
            if (line.toLowerCase().startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).trim());
            }
        }
        if (in.readNBytes(length).length < length) {
            return false;
        }
        requests.add(head.substring(0, head.indexOf("\r\n")));
        return true;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : open) {
            connection.close();
        }
    }
}
