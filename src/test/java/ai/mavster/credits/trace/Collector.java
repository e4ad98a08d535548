package ai.mavster.credits.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A receiver of OTLP over HTTP, which keeps what it is sent. */
public final class Collector implements AutoCloseable {

    private final List<SentSpan> spans = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /**
     * A span as it came.
     *
     * @param links the ids of the spans it is linked with
     * @param failed whether its status says so
     */
    public record SentSpan(
            String service,
            String traceId,
            String spanId,
            String parentId,
            String name,
            long kind,
            long start,
            long end,
            Map<String, String> attributes,
            List<String> links,
            boolean failed) {}

    Collector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<SentSpan> spans() {
        return spans;
    }

    /** The paths to which anything came, and with what headers. */
    List<String> requests() {
        return requests;
    }

    private void receive(HttpExchange exchange) throws IOException {
        requests.add(
                exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet());
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            Wireformat.parse(body.readAllBytes()).messages(1).forEach(this::ofResource);
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void ofResource(Wireformat resource) {
        String service = resource.messages(1)
                .map(Collector::attributes)
                .map(attributes -> attributes.get("service.name"))
                .findFirst()
                .orElse("");
        resource.messages(2)
                .flatMap(scope -> scope.messages(2))
                .forEach(span -> spans.add(new SentSpan(
                        service,
                        span.hex(1),
                        span.hex(2),
                        span.hex(4),
                        span.text(5),
                        span.number(6),
                        span.number(7),
                        span.number(8),
                        attributes(span, 9),
                        span.messages(13).map(link -> link.hex(2)).toList(),
                        span.messages(15).anyMatch(status -> status.number(3) == 2))));
    }

    private static Map<String, String> attributes(Wireformat resource) {
        return attributes(resource, 1);
    }

    private static Map<String, String> attributes(Wireformat message, int field) {
        Map<String, String> attributes = new TreeMap<>();
        message.messages(field)
                .forEach(pair -> pair.messages(2).forEach(value -> {
                    String text = value.text(1);
                    attributes.put(pair.text(1), text.isEmpty() ? Long.toString(value.number(3)) : text);
                }));
        return attributes;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
