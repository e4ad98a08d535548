package ai.mavster.credits.portal;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.mavster.credits.Customer;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Asks for whatever page with whatever cookie, to walk through all that there are. Of what never ends only the head is
 * read; no redirect is followed.
 */
public final class Browser {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Browser() {}

    public static Shown get(String path, String cookie) {
        return send(request(path, cookie).GET());
    }

    /** Fields are {@code "name=value"}. */
    public static Shown post(String path, String cookie, String... fields) {
        String body = Arrays.stream(fields)
                .map(field -> field.split("=", 2))
                .map(field -> URLEncoder.encode(field[0], UTF_8) + "=" + URLEncoder.encode(field[1], UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path, cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** An address as it is registered, such as {@code /billing/runs/:run_id}, with something that the account has. */
    static String filledIn(String address, Customer customer) {
        return address.replace(":run_id", "run-1")
                .replace(
                        ":posting_id",
                        String.valueOf(customer.entries("?limit=1").at("data/0/posting_id")))
                .replaceAll(":[a-z_]+", "some-other")
                .replaceAll("/plans/change$", "/plans/change?do=cancel");
    }

    private static HttpRequest.Builder request(String path, String cookie) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Accept-Language", "en");
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private static Shown send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                boolean endless =
                        response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
                return Shown.of(response, endless ? "" : new String(body.readAllBytes(), UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
