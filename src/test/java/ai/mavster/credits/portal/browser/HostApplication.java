package ai.mavster.credits.portal.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The application whose customers the accounts are: who comes to sign in is one of them, and is sent back to the billing
 * page that they wanted, by a link of their own.
 */
final class HostApplication implements AutoCloseable {

    private final HttpServer server;

    private HostApplication(HttpServer server) {
        this.server = server;
    }

    /**
     * @param api of the service, once it has started
     */
    static HostApplication start(Supplier<Api> api) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HostApplication application = new HostApplication(server);
        server.createContext("/sign-in", exchange -> application.signIn(exchange, api.get()));
        server.createContext("/", exchange -> {
            byte[] page = "<!DOCTYPE html><html lang=en><title>Host</title><h1>The host application</h1>"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        return application;
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private void signIn(HttpExchange exchange, Api api) throws IOException {
        Map<String, String> query = Arrays.stream(
                        exchange.getRequestURI().getRawQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        String link = api.link(
                query.get("account"),
                "{\"page\": \"%s\", \"return_url\": \"%s/settings\"}".formatted(query.get("path"), url()));
        exchange.getResponseHeaders().add("Location", link);
        exchange.sendResponseHeaders(303, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
