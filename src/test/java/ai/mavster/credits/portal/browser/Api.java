package ai.mavster.credits.portal.browser;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.embedded.Eventually;
import ai.mavster.credits.embedded.ServiceProcess;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

/** What the host application and its runner ask of the service. Bodies may be written with single quotes. */
final class Api {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI service;

    Api(URI service) {
        this.service = service;
    }

    /** An answer, whatever it is. */
    record Answer(int status, JsonObject body) {

        Answer is(int expected) {
            assertThat(status).as(body.toString()).isEqualTo(expected);
            return this;
        }

        /** The way out of a refusal. */
        String link() {
            return body.getAsJsonObject("action").get("url").getAsString();
        }
    }

    Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    private Answer send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/v1/" + path))
                .header("Authorization", "Bearer " + ServiceProcess.ADMIN_KEY)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .method(
                        method,
                        method.equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    JsonParser.parseString(response.body()).getAsJsonObject());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    /** A link to the billing page. */
    String link(String accountId, String body) {
        return post("accounts/" + accountId + "/portal-sessions", body)
                .is(201)
                .body()
                .get("url")
                .getAsString();
    }

    /** Waits until a run that waited goes on. */
    void awaitRunning(String accountId, String runId) {
        Eventually.holds(
                Duration.ofSeconds(30),
                () -> get("accounts/" + accountId + "/runs/" + runId)
                        .body()
                        .get("status")
                        .getAsString()
                        .equals("running"),
                () -> "the run " + runId + " goes on");
    }
}
