package ai.mavster.credits.http.limits;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ai.mavster.credits.embedded.Eventually;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;

/** A bare connection, for what no client library would send. */
public final class Wire implements AutoCloseable {

    static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private final Socket socket;

    private Wire(Socket socket) {
        this.socket = socket;
    }

    public static Wire to(URI server) throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout((int) DEADLINE.toMillis());
        socket.setTcpNoDelay(true);
        return new Wire(socket);
    }

    /** The head of a POST of JSON whose body has so many bytes; {@code more} is further lines of it. */
    public static String post(String path, int length, String... more) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: test\r\n")
                .append("Content-Type: application/json\r\nContent-Length: " + length + "\r\n");
        for (String line : more) {
            head.append(line).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    public static String get(String path, String... more) {
        return "GET " + path + " HTTP/1.1\r\nHost: test\r\n" + String.join("", lines(more)) + "\r\n";
    }

    private static String[] lines(String... more) {
        String[] lines = new String[more.length];
        for (int i = 0; i < more.length; i++) {
            lines[i] = more[i] + "\r\n";
        }
        return lines;
    }

    public Wire send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    public Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /**
     * Sends the head of a POST and waits until the service has begun to read its body: it answers the expectation
     * then.
     */
    public Wire sendUntilRead(String path, int length, String... more) throws IOException {
        String[] all = new String[more.length + 1];
        System.arraycopy(more, 0, all, 0, more.length);
        all[more.length] = "Expect: 100-continue";
        send(post(path, length, all));
        String answer = new String(socket.getInputStream().readNBytes(CONTINUE.length()), ISO_8859_1);
        if (!answer.equals(CONTINUE)) {
            throw new AssertionError("instead of going on: " + answer);
        }
        return this;
    }

    /** The next answer up to the end of its JSON, or as far as it came. */
    public String receive() throws IOException {
        StringBuilder answer = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.append((char) next);
                if (next == '}') {
                    break;
                }
            }
        } catch (SocketException reset) {
            answer.append("[reset]");
        }
        return answer.toString();
    }

    /** All that comes until the service closes the connection. */
    String receiveAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    boolean hasAnswer() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    /** Waits for the service to close the connection, whatever it sends before, and goes on sending meanwhile. */
    void awaitEnd(String sent) {
        Eventually.holds(
                DEADLINE,
                () -> {
                    try {
                        send(sent);
                        socket.setSoTimeout(20);
                        return socket.getInputStream().read() < 0;
                    } catch (java.net.SocketTimeoutException open) {
                        return false;
                    } catch (SocketException reset) {
                        return true;
                    }
                },
                () -> "the connection is still open");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
