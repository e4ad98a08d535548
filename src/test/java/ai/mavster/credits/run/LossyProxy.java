package ai.mavster.credits.run;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bad network: one connection a request, and of every so many answers one is cut off once the service has given it.
 */
final class LossyProxy implements AutoCloseable {

    private static final int MOST_TRIES = 20;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int servicePort;
    private final int every;
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    LossyProxy(int servicePort, int every) throws IOException {
        this.servicePort = servicePort;
        this.every = every;
        Thread accepting = new Thread(this::accept, "lossy-proxy");
        accepting.setDaemon(true);
        accepting.start();
    }

    int lost() {
        return lost.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept();
                    Socket service = new Socket(InetAddress.getLoopbackAddress(), servicePort)) {
                service.getOutputStream().write(request(client.getInputStream()));
                byte[] answer = service.getInputStream().readAllBytes();
                if (answers.incrementAndGet() % every == 0) {
                    lost.incrementAndGet();
                } else {
                    OutputStream out = client.getOutputStream();
                    out.write(answer);
                    out.flush();
                }
            } catch (IOException closed) {
                // The caller sees it and tries again.
            }
        }
    }

    /** One request, told to be the last of its connection. */
    private static byte[] request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The caller has gone");
            }
            head.append((char) next);
        }
        int at = head.toString().toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
        int length = Integer.parseInt(
                head.substring(at + 16, head.indexOf("\r\n", at)).strip());
        byte[] body = in.readNBytes(length);
        String closing = head.toString()
                .replaceFirst("(?i)connection: [^\r]*\r\n", "")
                .replaceFirst("\r\n", "\r\nConnection: close\r\n");
        return (closing + new String(body, ISO_8859_1)).getBytes(ISO_8859_1);
    }

    /** Sends a request with the same key until there is an answer. */
    Reply untilAnswered(String path, String key, String body) {
        RuntimeException last = new IllegalStateException("never tried");
        for (int i = 0; i < MOST_TRIES; i++) {
            try {
                Response response = given().baseUri("http://localhost:" + listener.getLocalPort())
                        .header("Authorization", "Bearer " + Customer.ADMIN)
                        .header("Idempotency-Key", key)
                        .contentType("application/json")
                        .body(body.replace('\'', '"'))
                        .post(path);
                return new Reply(
                        response.statusCode(), response.header("Idempotency-Replayed"), null, response.asString());
            } catch (RuntimeException lostAnswer) {
                last = lostAnswer;
            } catch (Exception lostAnswer) {
                last = new IllegalStateException(lostAnswer);
            }
        }
        throw last;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
