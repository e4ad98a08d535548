package ai.mavster.credits.http.limits;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through a bare socket: a client library hides what an early answer to a large body looks like. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class BodyLimitTest {

    private static final int CHUNK = 64 * 1024;

    @TestHTTPResource
    URI server;

    @ParameterizedTest
    @CsvSource({"/v1/echo, true", "/v1/echo, false", "/v1/echo/async, true", "/v1/echo/async, false"})
    void tenMegabytesAreTooMuch(String path, boolean announced) throws IOException {
        String answer = post(path, announced, 10 * 1024 * 1024);

        assertThat(answer).startsWith("HTTP/1.1 413 ");
        assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                .contains("content-type: application/problem+json", "cache-control: no-store", "connection: close");
        assertThat(answer).contains("\"code\":\"payload_too_large\"").contains("\"status\":413");
    }

    @ParameterizedTest
    @CsvSource({"/v1/echo, true", "/v1/echo, false", "/v1/echo/async, true", "/v1/echo/async, false"})
    void almostTwoMegabytesAreFine(String path, boolean announced) throws IOException {
        assertThat(post(path, announced, 2 * 1024 * 1024)).startsWith("HTTP/1.1 200 ");
    }

    /** Blanks before the object: valid JSON of any size. */
    private String post(String path, boolean announced, int size) throws IOException {
        byte[] blanks = " ".repeat(CHUNK).getBytes(ISO_8859_1);
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            String framing = announced ? "Content-Length: " + size : "Transfer-Encoding: chunked";
            out.write(("POST " + path + " HTTP/1.1\r\nHost: test\r\n" + "Content-Type: application/json\r\n" + framing
                            + "\r\n\r\n")
                    .getBytes(ISO_8859_1));
            try {
                for (int written = 0; written < size - CHUNK; written += CHUNK) {
                    write(out, blanks, announced);
                }
                write(out, (" ".repeat(CHUNK - 2) + "{}").getBytes(ISO_8859_1), announced);
                if (!announced) {
                    out.write("0\r\n\r\n".getBytes(ISO_8859_1));
                }
                out.flush();
            } catch (IOException closedEarly) {
                // The server may stop reading as soon as it knows.
            }
            return read(socket);
        }
    }

    private static String read(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[4096];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n > 0;
                    n = socket.getInputStream().read(buffer)) {
                answer.append(new String(buffer, 0, n, ISO_8859_1));
                if (answer.indexOf("}") > 0) {
                    break;
                }
            }
        } catch (IOException reset) {
            answer.append("\n[").append(reset.getMessage()).append(']');
        }
        return answer.toString();
    }

    private static void write(OutputStream out, byte[] bytes, boolean announced) throws IOException {
        if (!announced) {
            out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
        }
        out.write(bytes);
        if (!announced) {
            out.write("\r\n".getBytes(ISO_8859_1));
        }
    }
}
