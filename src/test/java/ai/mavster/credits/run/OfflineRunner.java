package ai.mavster.credits.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.mavster.credits.Customer;
import ai.mavster.credits.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A runner as the documentation advises: it goes on while the service cannot be reached, within its hold, keeps what it
 * could not post with its keys, and posts it in bulk afterwards. Every step costs 2 credits.
 */
final class OfflineRunner {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CutProxy proxy;
    private final Customer customer;
    private final String runId;
    private final Map<String, String> unanswered = new LinkedHashMap<>();
    private int steps;

    OfflineRunner(CutProxy proxy, Customer customer, String runId) {
        this.proxy = proxy;
        this.customer = customer;
        this.runId = runId;
    }

    Reply post(String path, String key, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + Customer.ADMIN)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    answer.statusCode(),
                    answer.headers().firstValue("Idempotency-Replayed").orElse(null),
                    null,
                    answer.body());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Executes so many steps, each of which has to be posted. */
    void execute(int more) throws IOException {
        for (int i = 0; i < more; i++) {
            String key = runId + "-step-" + ++steps;
            post(RunCalls.path(customer, runId) + "/debits", key, "{" + fields() + "}")
                    .is(201);
        }
    }

    /** Executes so many steps of which the service says nothing. */
    void executeUnanswered(int more) {
        for (int i = 0; i < more; i++) {
            String key = runId + "-step-" + ++steps;
            unanswered.put(key, fields());
            assertThat(answers(key)).as(key).isFalse();
        }
    }

    private boolean answers(String key) {
        try {
            post(RunCalls.path(customer, runId) + "/debits", key, "{" + fields() + "}");
            return true;
        } catch (IOException lost) {
            return false;
        }
    }

    private static String fields() {
        return "'action': 'tap:scratch', 'quantity': 2";
    }

    /** Posts all that was not answered, in one call. */
    Reply catchUp() throws IOException {
        StringBuilder debits = new StringBuilder();
        unanswered.forEach((key, fields) -> debits.append(debits.isEmpty() ? "" : ", ")
                .append("{'account_id': '%s', 'idempotency_key': '%s', 'run_id': '%s', %s}"
                        .formatted(customer.id, key, runId, fields)));
        return post("/v1/debits", "none", "{'debits': [" + debits + "]}").is(200);
    }

    int steps() {
        return steps;
    }
}
